//! E. Dependency failures: DynamoDB, a provider or the settings fail, and clients hardly notice.

automod::dir!("src/e_dependency_failures");
