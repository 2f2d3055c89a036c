use harness::dynamodb::Item;
use harness::{expect, ohlc, scenario};

/// The attributes of an item besides its key, of a candle or of a day without one.
const FIELDS: [&str; 9] = ["open", "high", "low", "close", "volume", "fetched_at", "is_closed", "ExpiresAt", "absent"];

/// What happens to a field.
#[derive(Debug, Clone, Copy)]
enum Damage {
    Lost,
    Garbled,
    /// It holds a number that no candle can have.
    Is(&'static str),
}

impl Damage {
    fn done_to(self, item: Item, field: &str) -> Item {
        match self {
            Self::Lost => item.without(field),
            Self::Garbled => item.with_s(field, "?"),
            Self::Is(number) => item.with_n(field, number),
        }
    }
}

fn damages() -> impl Iterator<Item = (&'static str, Damage)> {
    let each = FIELDS.into_iter().flat_map(|field| [(field, Damage::Lost), (field, Damage::Garbled)]);
    let numbers = [
        ("open", "1E+100"),
        ("volume", "-1"),
        ("volume", "0.5"),
        ("ExpiresAt", "0.5"),
        ("ExpiresAt", "99999999999999999"),
    ];
    // What items of earlier servers lack, but none of them garbles.
    let of_late = ["fetched_window", "adjusted_by", "on_ex_date"].map(|field| (field, Damage::Garbled));
    each.chain(of_late).chain(numbers.map(|(field, number)| (field, Damage::Is(number))))
}

scenario! {
    B12 P1 "Every field of every candle survives the table; a lost or garbled field is never guessed, and an item that is not a candle is never served"
    from ["decisions.md#candle-to-item", "decisions.md#item-to-candle"]
    needs [DropL1]
    catches ["field-dropped-in-conversion", "fields-swapped-in-conversion"]
    async fn every_field_preserved(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        for (resolution, range) in [("D", "1M"), ("15", "1W")] {
            let ask = ohlc("AAPL").range(range).resolution(resolution);
            let sent = server.ask(ask.clone()).await?.comes_from("tiingo")?.candles()?;
            server.idle().await?;
            server.drop_l1().await?;
            let kept = server.ask(ask).await?.comes_from("dynamodb")?.candles()?;

            expect("candles", kept.len()).is(sent.len())?;
            for (kept, sent) in kept.iter().zip(&sent) {
                let field = |name| format!("{name} of {} at resolution={resolution}", sent.time);
                expect(field("date"), &kept.time).is(&sent.time)?;
                expect(field("open"), kept.open).is(sent.open)?;
                expect(field("high"), kept.high).is(sent.high)?;
                expect(field("low"), kept.low).is(sent.low)?;
                expect(field("close"), kept.close).is(sent.close)?;
                expect(field("volume"), kept.volume).is(sent.volume)?;
            }
        }

        // Two days, and what explains that there is no candle of the one between them.
        lab.tiingo.lists("MSFT").since("2020-01-02").without(["2026-01-30"]);
        let days = ohlc("MSFT").between("2026-01-29", "2026-02-02");
        let sent = server.ask(days.clone()).await?.candles()?;
        for ((field, damage), kind) in damages().flat_map(|damage| [(damage, "D#"), (damage, "COVERAGE#")]) {
            server.idle().await?;
            server.drop_l1().await?;
            let of_kind = |item: &Item| item.s("SK").is_some_and(|sk| sk.starts_with(kind));
            let mut items = lab.table.items_under("MSFT#tiingo").await?;
            items.retain(|item| of_kind(item) && item.names().any(|name| name == field));
            if items.is_empty() {
                continue;
            }
            lab.table.put_all(items.into_iter().map(|item| damage.done_to(item, field))).await?;
            let again = server.ask(days.clone()).await?.comes_from("tiingo")?;
            expect(format!("what is served where {field} was {damage:?}"), again.candles()?).is(sent.clone())?;
        }

        // An item that is no candle stands among those that are.
        let bars = ohlc("AAPL").range("1W").resolution("15");
        for (ask, pk, sk) in [(days, "MSFT#tiingo", "D#2026-01-30?"), (bars, "AAPL#tiingo", "15#2026-01-30?")] {
            let before = server.ask(ask.clone()).await?;
            server.idle().await?;
            server.drop_l1().await?;
            lab.table.put(Item::keyed(pk, sk)).await?;
            let after = server.ask(ask).await?.comes_from("dynamodb")?;
            expect(format!("what is served with {sk}"), after.candles_text()?).is(before.candles_text()?)?;
            lab.table.delete(pk, sk).await?;
        }
    }
}
