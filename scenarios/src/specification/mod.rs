//! The specification, as scenarios and reports cite it: `decisions.md#lock-lease` is a heading of
//! `scenarios/specification/decisions.md`.

#[cfg(test)]
mod citations;

use harness::Citation;

/// Its documents, by name.
const DOCUMENTS: [(&str, &str); 3] = [
    ("contract.md", include_str!("../../specification/contract.md")),
    ("decisions.md", include_str!("../../specification/decisions.md")),
    ("glossary.md", include_str!("../../specification/glossary.md")),
];

/// What stands at an anchor: its heading, and the first paragraph below it.
pub fn cited(anchor: &str) -> Option<Citation> {
    let (name, wanted) = anchor.split_once('#')?;
    let (document, text) = DOCUMENTS.into_iter().find(|(document, _)| *document == name)?;
    let mut below = text.split("\n#").map(|section| section.trim_start_matches('#'));
    below.find_map(|section| {
        let (heading, rest) = section.split_once('\n')?;
        let heading = heading.trim();
        (self::anchor(heading) == wanted).then(|| Citation { document, heading, sentence: first_paragraph(rest) })
    })
}

/// A heading's anchor, as GitHub makes it: `TTL finished` is `ttl-finished`.
fn anchor(heading: &str) -> String {
    let kept = |letter: &char| letter.is_alphanumeric() || [' ', '-', '_'].contains(letter);
    heading.to_lowercase().chars().filter(kept).map(|letter| if letter == ' ' { '-' } else { letter }).collect()
}

/// Its words on one line, links as their text.
fn first_paragraph(section: &str) -> String {
    let paragraph = section.trim_start().split("\n\n").next().unwrap_or_default();
    without_links(&paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn without_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        let link = after.split_once("](").and_then(|(words, after)| Some((words, after.split_once(')')?.1)));
        let Some((words, after)) = link else { break };
        out.push_str(before);
        out.push_str(words);
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::cited;

    #[test]
    fn an_anchor_leads_to_its_heading_and_the_paragraph_below() {
        let lease = cited("decisions.md#lock-lease").expect("a decision");
        assert_eq!((lease.document, lease.heading), ("decisions.md", "Lock lease"));
        assert_eq!(lease.sentence, "A lock lasts 30 s at most (`OHLC_LOCK_LEASE`).");
    }

    #[test]
    fn a_paragraph_is_cited_on_one_line_and_without_links() {
        let absent = cited("decisions.md#absent-candles").expect("a decision").sentence;
        assert!(absent.contains("absent in a completeness record, so that"), "{absent}");
    }

    #[test]
    fn what_is_not_there_is_not_cited() {
        for anchor in ["decisions.md#lock", "decisions.md", "seeds.md#lock-lease", "glossary.md#lock-lease"] {
            assert_eq!(cited(anchor), None, "{anchor}");
        }
    }
}
