use harness::{expect, ohlc, scenario};

scenario! {
    E21 P1 "The 400 of a bad range or resolution names the field and shows a valid example"
    from ["decisions.md#range", "contract.md#errors"]
    needs []
    catches ["bare-status"]
    async fn error_bad_range(lab: &mut Lab) {
        let server = lab.server().await?;
        for (field, given, example) in [("range", "2W", "range=1M"), ("resolution", "5m", "resolution=D")] {
            let reply = server.ask(ohlc("AAPL").with(field, given)).await?;
            expect(format!("the status of {field}={given}"), reply.status).is(400)?;
            expect("the field to blame", reply.field("field")).is(field)?;
            let error = reply.field("error").to_string();
            let shows = |error: &String| error.contains(field) && error.contains(example);
            expect("what the client is told", error).holds(format!("{field}, and the example {example}"), shows)?;
        }
    }
}
