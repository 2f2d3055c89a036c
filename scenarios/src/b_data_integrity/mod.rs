//! B. Data integrity: what the provider sent is what the client gets, from every layer.

automod::dir!("src/b_data_integrity");
