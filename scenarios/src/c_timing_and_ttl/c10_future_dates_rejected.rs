use harness::{expect, ohlc, scenario};

scenario! {
    C10 P2 "A window that ends tomorrow is a 400 that names the field and stores nothing; one that ends today is not"
    from ["decisions.md#last-day"]
    needs [Clock]
    catches ["future-dates-passed-on", "date-of-utc"]
    async fn future_dates_rejected(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.time_is("2026-02-04T01:00:00Z"); // still February 3rd in New York
        let server = lab.server().await?;
        for (start, field) in [("2026-02-02", "end_date"), ("2026-02-04", "start_date")] {
            let reply = server.ask(ohlc("AAPL").between(start, "2026-02-04")).await?;
            expect("status", reply.status).is(400)?;
            expect("code", reply.field("code")).is("future_date")?;
            expect("field", reply.field("field")).is(field)?;
        }
        expect("items stored", lab.table.items().await?.len()).is(0)?;
        expect("provider calls", lab.tiingo.calls().len()).is(0)?;
        let today = server.ask(ohlc("AAPL").between("2026-02-02", "2026-02-03")).await?;
        expect("status of today", today.status).is(200)?;
    }
}
