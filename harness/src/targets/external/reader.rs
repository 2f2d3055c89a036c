//! From a file to what it means, checked as a whole before anything is started.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::advice;
use super::control::{Control, Invocation};
use super::description::{ALIASES, Description, Ready, Start, Way, is_setting};
use super::file::{self, File};
use super::problem::Problem;
use super::template::{Template, Values};
use super::words;
use crate::capability::Need;
use crate::contract::{ADMIN_TOKEN, TOKEN};
use crate::dialect::Authentication;
use crate::observe::alarms::Alarms;

/// Further placeholders of a start.
const OF_A_START: [&str; 3] = ["port", "now", "clock_file"];
/// The controls, and the placeholders that each of them has of its own.
const CONTROLS: [(&str, &[&str]); 8] = [
    ("clock", &["now"]),
    ("drop_l1", &[]),
    ("idle", &[]),
    ("restart", &["now"]),
    ("log", &["line"]),
    ("fail", &["place", "way"]),
    ("mend", &[]),
    ("warm", &[]),
];

/// What a description is read with.
pub(super) struct Reader<'a> {
    pub(super) folder: &'a Path,
    /// Variables of this process.
    pub(super) variable: &'a dyn Fn(&str) -> Option<String>,
}

impl Reader<'_> {
    /// What the file describes.
    pub(super) fn read(&self, file: File) -> Result<Description, Problem> {
        let controls = file.controls.into_iter().map(|(name, control)| {
            let control = self.control(&name, control)?;
            Ok((name, control))
        });
        let controls: BTreeMap<String, Control> = controls.collect::<Result<_, Problem>>()?;
        let own_process = file.start.as_ref().is_some_and(|start| start.own_process);
        let way = match (file.start, file.running) {
            (Some(start), None) => Way::Start(self.start(start, &controls)?),
            (None, Some(running)) => Way::Running(running_of(running, &controls)?),
            (None, None) => return Err(wrong("start", "is missing: say how the server is started, or give [running]")),
            (Some(_), Some(_)) => return Err(wrong("running", "stands beside [start]: leave one of them out")),
        };
        let alarms = file.observe.alarms.as_deref().map(|path| self.alarms(path)).transpose()?;
        let mut dialect = words::read(file.dialect)?;
        dialect.authentication = file.authentication.map(|told| self.authentication(told)).transpose()?;
        let mut can = Vec::new();
        let has = |name: &str| controls.contains_key(name);
        if let Way::Start(start) = &way {
            can.extend([Need::SeveralInstances, Need::OwnEnvironment, Need::Kill]);
            can.extend(start.asks_for(&["clock_file"]).then_some(Need::Clock));
        }
        let starts = matches!(way, Way::Start(_));
        if own_process {
            can.extend([Need::OwnProcess, Need::Signals]);
        }
        for (there, need) in [
            (has("clock") && !can.contains(&Need::Clock), Need::Clock),
            (has("drop_l1"), Need::DropL1),
            (has("fail") && has("mend"), Need::FailPoints),
            (has("warm") && starts, Need::Warm),
            (has("log") && file.observe.log.is_some() && starts, Need::Logs),
            (file.observe.metrics, Need::Metrics),
            (alarms.is_some(), Need::Alarms),
        ] {
            can.extend(there.then_some(need));
        }
        let (name, log) = (file.name, file.observe.log);
        Ok(Description { name, way, dialect: Arc::new(dialect), log, alarms, controls, can })
    }

    fn start(&self, start: file::Start, controls: &BTreeMap<String, Control>) -> Result<Start, Problem> {
        let known: Vec<&str> = ALIASES.iter().map(|(alias, _)| *alias).chain(OF_A_START).collect();
        let environment = start.environment.iter().map(|(name, value)| {
            let template = self.template(&format!("start.environment.{name}"), value, &known)?;
            Ok((name.clone(), template))
        });
        let environment = environment.collect::<Result<_, Problem>>()?;
        let ready = match (start.ready, start.address_in_log) {
            (Some(path), None) => Ready::Path(path),
            (None, Some(field)) => Ready::Log(field),
            _ => return Err(wrong("start.ready", advice::READY)),
        };
        let invocation = self.invocation("start.command", &start.command, &known)?;
        let start = Start { invocation, environment, contract_settings: start.contract_settings, ready };
        let told = |names: &[&str]| start.asks_for(names);
        if !told(&["port"]) && matches!(start.ready, Ready::Path(_)) {
            return Err(wrong("start", advice::PORT));
        }
        if !told(&["now", "clock_file"]) && !controls.contains_key("clock") {
            return Err(wrong("start", advice::DAY));
        }
        for needed in ["OHLC_CACHE_TABLE", "AWS_ENDPOINT_URL_DYNAMODB", "TIINGO_BASE_URL"] {
            if !start.takes(needed) {
                let alias = ALIASES.iter().find(|(_, setting)| *setting == needed).map_or("", |(alias, _)| alias);
                let advice = format!(
                    "nothing tells the server its {needed}: use {{{alias}}} in the command or the environment, or say \
                     contract_settings = true"
                );
                return Err(wrong("start", advice));
            }
        }
        Ok(start)
    }

    fn control(&self, name: &str, control: file::Control) -> Result<Control, Problem> {
        let field = format!("controls.{name}");
        let Some((_, own)) = CONTROLS.iter().find(|(known, _)| *known == name) else {
            let known: Vec<&str> = CONTROLS.iter().map(|(known, _)| *known).collect();
            return Err(wrong(&field, format!("is an unknown control; there are {}", known.join(", "))));
        };
        let known: Vec<&str> = match name {
            "warm" => ALIASES.iter().map(|(alias, _)| *alias).chain(["now", "clock_file"]).collect(),
            _ => own.iter().chain(&["url", "token", "admin_token"]).copied().collect(),
        };
        match (control.http, control.command, control.when_answered) {
            (Some(call), None, false) if name != "warm" => {
                let (method, path) = call.split_once(' ').ok_or_else(|| wrong(&field, advice::CALL))?;
                if !path.starts_with('/') || !method.chars().all(|letter| letter.is_ascii_uppercase()) {
                    return Err(wrong(&field, advice::CALL));
                }
                let headers = control.headers.iter().map(|(name, value)| {
                    Ok((name.clone(), self.template(&format!("{field}.headers.{name}"), value, &known)?))
                });
                Ok(Control::Http {
                    method: method.to_owned(),
                    path: self.template(&field, path, &known)?,
                    headers: headers.collect::<Result<_, Problem>>()?,
                    body: self.template(&field, control.body.as_deref().unwrap_or_default(), &known)?,
                })
            }
            (None, Some(command), false) if control.body.is_none() && control.headers.is_empty() => {
                Ok(Control::Command(self.invocation(&field, &command, &known)?))
            }
            (None, None, true) if name == "idle" => Ok(Control::Nothing),
            _ => {
                let more = if name == "idle" { ", or { when_answered = true }" } else { "" };
                Err(wrong(&field, format!("{}{more}", advice::CONTROL)))
            }
        }
    }

    fn authentication(&self, told: file::Authentication) -> Result<Authentication, Problem> {
        let token = |field: &str, value: Option<String>, usual: &str| match value {
            Some(value) => {
                let filled = self.template(&format!("authentication.{field}"), &value, &[])?.fill(&Values::new());
                filled.ok_or_else(|| wrong(&format!("authentication.{field}"), "has a placeholder"))
            }
            None => Ok(usual.to_owned()),
        };
        match (told.nobody, told.header) {
            (true, None) if told.value.is_none() => Ok(Authentication::Nobody),
            (false, Some(name)) => {
                let value = told.value.unwrap_or_else(|| "{token}".into());
                let Some(before) = value.strip_suffix("{token}") else {
                    let advice = r#"must end with {token}, for example value = "Bearer {token}""#;
                    return Err(wrong("authentication.value", advice));
                };
                Ok(Authentication::Header {
                    name: name.to_lowercase(),
                    before: before.to_owned(),
                    token: token("token", told.token, TOKEN)?,
                    admin_token: Some(token("admin_token", told.admin_token, ADMIN_TOKEN)?),
                })
            }
            _ => Err(wrong("authentication", advice::AUTHENTICATION)),
        }
    }

    fn alarms(&self, path: &str) -> Result<String, Problem> {
        let path = self.folder.join(path);
        let text = std::fs::read_to_string(&path)
            .map_err(|cause| wrong("observe.alarms", format!("{} cannot be read: {cause}", path.display())))?;
        match Alarms::read(&text) {
            Ok(_) => Ok(text),
            Err(cause) => Err(wrong("observe.alarms", format!("{} declares no alarms: {cause:#}", path.display()))),
        }
    }

    fn invocation(&self, field: &str, command: &[String], known: &[&str]) -> Result<Invocation, Problem> {
        let Some((program, arguments)) = command.split_first() else {
            return Err(wrong(field, advice::COMMAND));
        };
        let named = self.template(field, program, &[])?.fill(&Values::new()).unwrap_or_default();
        let search = (self.variable)("PATH").unwrap_or_default();
        let program = self
            .program(&named, &search)
            .ok_or_else(|| Problem::Missing { field: field.to_owned(), program: named.clone() })?;
        let arguments = arguments.iter().map(|argument| self.template(field, argument, known));
        let arguments = arguments.collect::<Result<_, Problem>>()?;
        Ok(Invocation { program, arguments, folder: self.folder.to_owned(), search })
    }

    /// Where a program is: at a path from the file's folder, or where the system looks for programs.
    fn program(&self, named: &str, search: &str) -> Option<PathBuf> {
        let here = std::iter::once(self.folder.to_owned()).filter(|_| named.contains('/'));
        let there = std::env::split_paths(search).filter(|_| !named.contains('/'));
        here.chain(there).map(|folder| folder.join(named)).find(|path| path.is_file())
    }

    /// A text with placeholders, all of which must be known; those of this process's environment are filled at once.
    fn template(&self, field: &str, text: &str, known: &[&str]) -> Result<Template, Problem> {
        let folder = self.folder.display().to_string();
        let template = Template::of(text).with(|name| match name.strip_prefix("env.") {
            Some(variable) => (self.variable)(variable),
            None => (name == "folder").then(|| folder.clone()),
        });
        for name in template.placeholders() {
            if let Some(variable) = name.strip_prefix("env.") {
                return Err(wrong(
                    field,
                    format!("needs the variable {variable}, which is not set: set it, or write its value here"),
                ));
            }
            // Only a start knows the settings.
            let setting = known.contains(&"table") && is_setting(name);
            if !known.contains(&name) && !setting {
                let known: Vec<String> =
                    known.iter().chain(&["folder", "env.NAME"]).map(|name| format!("{{{name}}}")).collect();
                return Err(wrong(
                    field,
                    format!("has an unknown placeholder {{{name}}}; there are {}", known.join(", ")),
                ));
            }
        }
        Ok(template)
    }
}

fn running_of(running: file::Running, controls: &BTreeMap<String, Control>) -> Result<file::Running, Problem> {
    if !running.url.starts_with("http://") {
        return Err(wrong("running.url", r#"must begin with http://, for example "http://127.0.0.1:8000""#));
    }
    if !controls.contains_key("restart") {
        return Err(wrong("controls.restart", advice::RESTART));
    }
    if !controls.contains_key("clock") {
        return Err(wrong("controls.clock", advice::CLOCK));
    }
    Ok(running)
}

fn wrong(field: &str, advice: impl Into<String>) -> Problem {
    Problem::Wrong { field: field.to_owned(), advice: advice.into() }
}
