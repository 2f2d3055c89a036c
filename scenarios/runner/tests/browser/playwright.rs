//! Playwright as a child: what it would run, and what became of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// A scenario in a browser, as Playwright knows them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    browser: String,
    title: String,
}

/// What became of it.
#[derive(Debug, Clone)]
pub(crate) enum Outcome {
    Passed,
    NotRun(String),
    Failed(String),
}

/// What became of each.
pub(crate) struct Report(BTreeMap<Found, Outcome>);

/// Playwright, in the folder `e2e`.
pub(crate) struct Playwright {
    e2e: PathBuf,
    web: PathBuf,
}

impl Found {
    /// Its name among tests: `chromium::h1_on_a_first_visit_the_chart_shows_…`.
    pub(crate) fn test_name(&self) -> String {
        let words: Vec<_> =
            self.title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
        format!("{}::{}", self.browser, words.join("_").to_lowercase())
    }
}

impl Report {
    pub(crate) fn outcome(&self, found: &Found) -> Option<&Outcome> {
        self.0.get(found)
    }
}

impl Playwright {
    pub(crate) fn here() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        Self { e2e: root.join("e2e"), web: root.join("server/web") }
    }

    /// What there is to run.
    ///
    /// # Errors
    /// Why nothing can be run, and what to do.
    pub(crate) fn list(&self) -> Result<Vec<Found>, String> {
        for folder in [&self.web, &self.e2e] {
            if !folder.join("node_modules/.package-lock.json").is_file() {
                return Err("not run: with Node 20.19 or newer, run `npm ci` in server/web and in e2e".into());
            }
        }
        let listed = self.playwright(&["--list"])?;
        Ok(specs(&listed).into_iter().map(|(found, _)| found).collect())
    }

    /// Builds the page, and runs these.
    ///
    /// # Errors
    /// When there is no page, or no report.
    pub(crate) fn run(&self, selected: &[Found]) -> Result<Report, String> {
        let mut build = Command::new("npm");
        build.current_dir(&self.web).args(["run", "build"]).stdin(Stdio::null());
        let built = build.output().map_err(|cause| format!("npm cannot be run: {cause}; install Node"))?;
        if !built.status.success() {
            return Err(format!("the page does not build: {}", String::from_utf8_lossy(&built.stderr)));
        }
        let titles: Vec<_> = selected.iter().map(|found| literally(&found.title)).collect();
        let mut arguments = vec![format!("--grep={}", titles.join("|"))];
        let browsers: std::collections::BTreeSet<_> = selected.iter().map(|found| &found.browser).collect();
        arguments.extend(browsers.into_iter().map(|browser| format!("--project={browser}")));
        let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
        let report = self.playwright(&arguments)?;
        Ok(Report(specs(&report).into_iter().map(|(found, test)| (found, outcome(test))).collect()))
    }

    fn playwright(&self, arguments: &[&str]) -> Result<Value, String> {
        let mut command = Command::new("npx");
        command.current_dir(&self.e2e).args(["playwright", "test", "--reporter=json"]).args(arguments);
        command.env("CANDLECHECK", env!("CARGO_BIN_EXE_candlecheck")).stdin(Stdio::null());
        let ended = command.output().map_err(|cause| format!("not run: npx cannot be run: {cause}; install Node"))?;
        let report = serde_json::from_slice(&ended.stdout);
        report.map_err(|_| format!("Playwright gave no report: {}", String::from_utf8_lossy(&ended.stderr)))
    }
}

/// A title as a regular expression that means nothing but it.
fn literally(title: &str) -> String {
    let escaped = title.chars().map(|c| if r"\^$.|?*+()[]{}/".contains(c) { format!("\\{c}") } else { c.to_string() });
    escaped.collect()
}

/// Every test of a report, however deep its suite.
fn specs(report: &Value) -> Vec<(Found, &Value)> {
    let mut found = Vec::new();
    let of = |value: &'_ Value| value.as_str().unwrap_or_default().to_owned();
    for suite in report["suites"].as_array().into_iter().flatten() {
        for spec in suite["specs"].as_array().into_iter().flatten() {
            let tests = spec["tests"].as_array().into_iter().flatten();
            found.extend(
                tests.map(|test| (Found { browser: of(&test["projectName"]), title: of(&spec["title"]) }, test)),
            );
        }
        found.extend(specs(suite));
    }
    found
}

fn outcome(test: &Value) -> Outcome {
    match test["status"].as_str() {
        Some("expected") => Outcome::Passed,
        Some("skipped") => {
            let mut annotations = test["annotations"].as_array().into_iter().flatten();
            let reason = annotations.find(|annotation| annotation["type"] == "skip");
            let reason = reason.and_then(|reason| reason["description"].as_str());
            Outcome::NotRun(reason.unwrap_or("not run: no reason was given").into())
        }
        _ => {
            let results = test["results"].as_array().into_iter().flatten();
            let errors = results.flat_map(|result| result["errors"].as_array().into_iter().flatten());
            Outcome::Failed(errors.filter_map(|error| error["message"].as_str()).collect::<Vec<_>>().join("\n"))
        }
    }
}
