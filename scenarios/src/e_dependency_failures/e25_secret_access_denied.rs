use harness::{expect, scenario};

use crate::key_file::KeyFile;

scenario! {
    E25 P1 required "A key file that cannot be read is named, with the permission that is missing"
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
