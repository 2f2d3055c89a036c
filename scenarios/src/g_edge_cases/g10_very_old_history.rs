use harness::{expect, ohlc, scenario};

use crate::vocabulary::layers::Layers;

scenario! {
    G10 P2 "KO in 1990 is served"
    from ["decisions.md#sessions", "decisions.md#longest-window"]
    needs [DropL1]
    catches ["no-history-before-2000"]
    async fn very_old_history(lab: &mut Lab) {
        lab.tiingo.lists("KO").since("1990-01-02");
        let server = lab.server().await?;
        let layers = Layers::of(&server, ohlc("KO").between("1990-01-02", "1990-12-31")).await?;
        for (layer, reply) in layers.each() {
            expect(format!("sessions of 1990 {layer}"), reply.candles()?.len()).is(253)?;
        }
    }
}
