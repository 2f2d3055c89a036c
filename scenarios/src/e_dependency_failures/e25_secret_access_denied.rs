use harness::{expect, scenario};

use crate::vocabulary::key_file::KeyFile;

scenario! {
    E25 P1 "An unreadable key file is named together with the missing permission"
    from ["decisions.md#unreadable-key"]
    needs [OwnEnvironment]
    catches ["raw-error-of-a-key-file"]
    async fn secret_access_denied(lab: &mut Lab) {
        let file = KeyFile::unreadable()?;
        let said = lab.server_refuses_to_start_with([("TIINGO_API_KEY", ""), file.setting()]).await?;
        let (variable, path) = file.setting();
        for words in [variable, path, "let this user read the file"] {
            expect("what it says", &said).holds(format!("{words:?} in it"), |said| said.contains(words))?;
        }
    }
}
