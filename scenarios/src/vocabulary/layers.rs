//! One request, asked three times: answered by the provider, by memory, by the table.

use harness::{Ask, Reply, Server, Verdict};

/// The answers of the three layers to one request.
pub(crate) struct Layers {
    pub(crate) provider: Reply,
    pub(crate) memory: Reply,
    pub(crate) table: Reply,
}

impl Layers {
    /// Asks three times and checks that each answer comes from its own layer.
    pub(crate) async fn of(server: &Server, ask: Ask) -> Verdict<Self> {
        let provider = server.ask(ask.clone()).await?.comes_from("tiingo")?;
        let memory = server.ask(ask.clone()).await?.comes_from("in-memory")?;
        server.idle().await?;
        server.drop_l1().await?;
        let table = server.ask(ask).await?.comes_from("dynamodb")?;
        Ok(Self { provider, memory, table })
    }

    /// Each answer with the name of its layer.
    pub(crate) fn each(&self) -> [(&'static str, &Reply); 3] {
        [("from the provider", &self.provider), ("from memory", &self.memory), ("from the table", &self.table)]
    }
}
