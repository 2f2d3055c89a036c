use harness::faults::{ErrorAnswer, on};
use harness::observe::journal::Peer;
use harness::{Lab, Server, Verdict, expect, scenario};

scenario! {
    E40 P1 "However often readiness is asked for, the table is asked once a second, and what was known before is told as such"
    from ["decisions.md#readiness", "contract.md#other-endpoints"]
    needs [Clock]
    catches ["table-asked-for-each-readiness", "readiness-told-for-good", "old-readiness-told-as-new"]
    async fn readiness_is_cheap(lab: &mut Lab) {
        lab.time_is("2026-02-03T22:00:00Z");
        let server = lab.server().await?;
        expect("the first answer", readiness(&server).await?).is((200, Some(false)))?;
        for _ in 0..20 {
            expect("the next ones", readiness(&server).await?).is((200, Some(true)))?;
        }
        expect("calls of the table", asked(lab)).is(1)?;

        // What went wrong since is told when it is found out, and so is what is well again.
        let failing = lab.dynamodb.inject(on("GetItem"), ErrorAnswer::no_such_table());
        expect("what is told of the second before", readiness(&server).await?).is((200, Some(true)))?;
        lab.time_is("2026-02-03T22:00:01Z");
        expect("what is told a second later", readiness(&server).await?).is((503, Some(false)))?;
        failing.end();
        lab.time_is("2026-02-03T22:00:01.900Z");
        expect("what is told of it again", readiness(&server).await?).is((503, Some(true)))?;
        lab.time_is("2026-02-03T22:00:02Z");
        expect("what is told when it is well", readiness(&server).await?).is((200, Some(false)))?;
        expect("calls of the table by then", asked(lab)).is(3)?;

        // Who comes while it is asked waits for that answer, which nobody knew before.
        lab.time_is("2026-02-03T22:00:03Z");
        let gate = lab.dynamodb.hold(on("GetItem"));
        let together: Vec<_> = (0..10).map(|_| server.begin_to_get("/readyz")).collect();
        expect("the table is asked", gate.arrived(1).await).is(true)?;
        gate.open();
        for asking in together {
            expect("the status for each who comes together", asking.answer().await?.status).is(200)?;
        }
        expect("calls of the table in all", asked(lab)).is(4)?;
    }
}

/// The status of `/readyz`, and whether it says that it knew before.
async fn readiness(server: &Server) -> Verdict<(u16, Option<bool>)> {
    let answer = server.get("/readyz", &[]).await?;
    Ok((answer.status, answer.field("known_before").as_bool()))
}

/// How often the table was asked whether it is there.
fn asked(lab: &Lab) -> usize {
    lab.journal.to(Peer::DynamoDb).iter().filter(|call| call.operation == "GetItem").count()
}
