//! How a lab's instances start, or refuse to.

use std::ffi::OsString;
use std::sync::Arc;

use futures_util::future::join_all;

use super::{Lab, able};
use crate::server::Server;
use crate::targets::{Instance, Refused};
use crate::verdict::{Failure, Stop, Verdict, expect};

impl Lab {
    /// A further instance on the same table.
    ///
    /// # Errors
    /// Set-up failed, when it does not start.
    pub async fn another_server(&mut self) -> Verdict<Server> {
        self.another_server_with::<&str>([]).await
    }

    /// A further instance, with variables of the scenario's choice in its environment.
    ///
    /// # Errors
    /// Set-up failed, when it does not start.
    pub async fn another_server_with<'a, V: Into<OsString>>(
        &mut self,
        variables: impl IntoIterator<Item = (&'a str, V)>,
    ) -> Verdict<Server> {
        let started = self.target.start(self.launch(variables)).await;
        self.started(started)
    }

    /// The same where it is the start that is looked at.
    ///
    /// # Errors
    /// Failed, when it does not start.
    pub async fn server_starts_with<'a, V: Into<OsString>>(
        &mut self,
        variables: impl IntoIterator<Item = (&'a str, V)>,
    ) -> Verdict<Server> {
        self.another_server_with(variables).await.map_err(|stop| match stop {
            Stop::SetUp(actual) => {
                let (what, expected) = ("a start".to_owned(), "a server that listens".to_owned());
                Stop::Failed(Failure { what, expected, actual })
            }
            other => other,
        })
    }

    /// As many further instances, which all start at the same time.
    ///
    /// # Errors
    /// Set-up failed, when one of them does not start.
    pub async fn servers_at_once<'a>(
        &mut self,
        count: usize,
        variables: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Verdict<Vec<Server>> {
        let launch = self.launch(variables);
        let started = join_all((0..count).map(|_| self.target.start(launch.clone()))).await;
        started.into_iter().map(|started| self.started(started)).collect()
    }

    fn started(&mut self, started: anyhow::Result<Box<dyn Instance>>) -> Verdict<Server> {
        able(started.as_ref().err())?;
        let instance = started.map_err(|cause| Stop::SetUp(format!("the server did not start: {cause:#}")))?;
        self.count += 1;
        let name = format!("#{}", self.count);
        let (client, journal) = (self.client.clone(), self.journal.clone());
        let (collection, dialect) = (self.collection.clone(), Arc::clone(&self.dialect));
        let server = Server::new(name, Arc::from(instance), client, journal, collection, dialect);
        self.servers.push(server.clone());
        Ok(server)
    }

    /// What an instance with these variables says when it refuses to start.
    ///
    /// # Errors
    /// Failed, when it starts after all, or ends as if all were well.
    pub async fn server_refuses_to_start_with<'a, V: Into<OsString>>(
        &mut self,
        variables: impl IntoIterator<Item = (&'a str, V)>,
    ) -> Verdict<String> {
        let refusal = self.target.start(self.launch(variables)).await.err();
        able(refusal.as_ref())?;
        let refusal = expect("a refusal to start", refusal).is_there()?;
        if let Some(Refused { code, .. }) = refusal.downcast_ref() {
            expect("the exit code of a refusal", *code).is_not(Some(0))?;
        }
        Ok(format!("{refusal:#}"))
    }
}
