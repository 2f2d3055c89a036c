//! The Terraform files, read and evaluated as far as they say something about this project.

use std::path::PathBuf;

use hcl::eval::{Context, Evaluate, FuncArgs, FuncDef, ParamType};
use hcl::{Body, Expression};
use serde_json::{Value, json};

/// A block's contents, with what its expressions may name.
pub(crate) struct Block {
    body: Body,
    names: Vec<(&'static str, Value)>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../server/deploy")
}

/// Everything that is declared.
pub(crate) fn declared() -> Block {
    let files = folder().read_dir().unwrap().map(|file| file.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "tf"));
    let texts: Vec<String> = files.map(|path| std::fs::read_to_string(path).unwrap()).collect();
    assert!(texts.len() > 3, "only {} files were found", texts.len());
    let names = vec![
        ("path", json!({"module": folder()})),
        ("var", json!({"table_name": "prod-ohlc-cache", "tags": {}})),
        ("aws_dynamodb_table", json!({"cache": {"arn": "the table"}})),
    ];
    Block { body: hcl::parse(&texts.join("\n")).unwrap(), names }
}

impl Block {
    /// The one block of this kind with these labels.
    pub(crate) fn block(&self, kind: &str, labels: &[&str]) -> Self {
        let [block] = self.blocks(kind, labels).try_into().unwrap_or_else(|blocks: Vec<_>| {
            panic!("{} blocks are called {kind} {labels:?}", blocks.len());
        });
        block
    }

    /// Every block of this kind with these labels.
    pub(crate) fn blocks(&self, kind: &str, labels: &[&str]) -> Vec<Self> {
        let of_kind = self.body.blocks().filter(|block| block.identifier() == kind);
        let named =
            of_kind.filter(|block| block.labels().iter().map(|label| label.as_str()).eq(labels.iter().copied()));
        named.map(|block| Self { body: block.body().clone(), names: self.names.clone() }).collect()
    }

    /// The same contents, where this name means this.
    pub(crate) fn with(&self, name: &'static str, value: Value) -> Self {
        let mut names = self.names.clone();
        names.push((name, value));
        Self { body: self.body.clone(), names }
    }

    /// The value of an attribute.
    pub(crate) fn value(&self, name: &str) -> Value {
        let attribute = self.body.attributes().find(|attribute| attribute.key() == name);
        let attribute = attribute.unwrap_or_else(|| panic!("{name} is not set"));
        self.evaluated(attribute.expr()).unwrap_or_else(|cause| panic!("{name}: {cause}"))
    }

    fn evaluated(&self, expression: &Expression) -> Result<Value, Box<dyn std::error::Error>> {
        let mut context = Context::new();
        for (name, value) in &self.names {
            context.declare_var(*name, serde_json::from_value::<hcl::Value>(value.clone())?);
        }
        for (name, function, parameter) in FUNCTIONS {
            context.declare_func(name, FuncDef::new(function, [parameter]));
        }
        Ok(serde_json::to_value(expression.evaluate(&context)?)?)
    }
}

/// What a function makes of its argument.
type Function = fn(FuncArgs) -> Result<hcl::Value, String>;

/// The functions of Terraform that the files use.
const FUNCTIONS: [(&str, Function, ParamType); 4] = [
    ("file", file, ParamType::String),
    ("jsondecode", jsondecode, ParamType::String),
    ("toset", toset, ParamType::Any),
    ("ceil", ceil, ParamType::Number),
];

fn file(arguments: FuncArgs) -> Result<hcl::Value, String> {
    let text = std::fs::read_to_string(arguments[0].as_str().unwrap()).map_err(|cause| cause.to_string())?;
    Ok(text.into())
}

fn jsondecode(arguments: FuncArgs) -> Result<hcl::Value, String> {
    serde_json::from_str(arguments[0].as_str().unwrap()).map_err(|cause| cause.to_string())
}

fn toset(arguments: FuncArgs) -> Result<hcl::Value, String> {
    let mut members: Vec<hcl::Value> = Vec::new();
    for member in arguments[0].as_array().unwrap() {
        if !members.contains(member) {
            members.push(member.clone());
        }
    }
    Ok(members.into())
}

fn ceil(arguments: FuncArgs) -> Result<hcl::Value, String> {
    let number = arguments[0].as_number().and_then(|number| number.as_f64()).unwrap();
    Ok((number.ceil() as i64).into())
}
