use harness::{expect, ohlc, scenario};

scenario! {
    E38 P1 "While nobody reads the log, requests, /healthz and SIGTERM go on, and the lines that are lost are counted"
    from ["decisions.md#log-nobody-reads", "decisions.md#finishes-while-stopping"]
    needs [OwnEnvironment, UnreadLog, Metrics, Signals]
    catches ["log-waits-for-its-reader", "lost-lines-not-counted", "last-lines-waited-for"]
    async fn log_that_nobody_reads(lab: &mut Lab) {
        for ticker in ["AAPL", "MSFT"] {
            lab.tiingo.lists(ticker).since("2020-01-02");
        }
        let server = lab.another_server_with([("OHLC_LOG", "debug"), ("OHLC_LOG_BYTES", "64KiB")]).await?;
        let ask = ohlc("AAPL").range("1W");
        server.ask(ask.clone()).await?.comes_from("tiingo")?;
        expect("lines that are lost while they are read", server.metrics().await?.count("LogLinesLost")).is(0)?;

        // A pipe holds 64 KiB, as much again is on its way into it, and as much waits.
        server.leaves_its_log_unread()?;
        let mut lost = 0;
        for _ in 0..200 {
            server.ask_together(10, &ask).await?;
            lost = server.metrics().await?.count("LogLinesLost");
            if lost > 0 {
                break;
            }
        }
        expect("lines that are lost", lost).is_not(0)?;
        expect("the status of /healthz", server.get("/healthz", &[]).await?.status).is(200)?;
        server.ask(ask).await?.comes_from("in-memory")?;
        server.ask(ohlc("MSFT").range("1W")).await?.comes_from("tiingo")?;

        let stopping = lab.begin_to_stop(&server)?;
        expect("the exit code", stopping.exit_code().await?).is(Some(0))?;
        let stored = lab.table.items_under("MSFT#tiingo").await?.len();
        expect("candles stored of the last answer", stored).is_not(0)?;
    }
}
