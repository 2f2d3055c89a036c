//! E. Dependency failures: DynamoDB, a provider or the settings let the server down, and the visitor hardly notices.

automod::dir!("src/e_dependency_failures");
