//! A process that misbehaves when it is told to stop.

use std::sync::Arc;

use ohlc_server::Ports;
use tokio_util::sync::CancellationToken;

/// Does `what` when the instance is told to stop; the instance itself learns of it when `what` is done.
pub(crate) fn first<F>(ports: &mut Ports, what: impl Fn() -> F + Send + Sync + 'static)
where
    F: Future<Output = ()> + Send + 'static,
{
    let sound = Arc::clone(&ports.stop);
    ports.stop = Arc::new(move || {
        let (told, passed_on) = (sound()?, CancellationToken::new());
        let (late, what) = (passed_on.clone(), what());
        tokio::spawn(async move {
            told.cancelled().await;
            what.await;
            late.cancel();
        });
        Ok(passed_on)
    });
}
