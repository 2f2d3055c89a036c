//! What to write instead, where a sentence is not enough.

/// How one knows that it serves.
pub(super) const READY: &str = "give either a path that answers as soon as it serves, for example \
    ready = \"/healthz\", or the field of a JSON line of its log that says where it listens, for example \
    address_in_log = \"address\"";

/// Where it listens.
pub(super) const PORT: &str = "nothing says where it should listen: put {port} into the command or the environment, \
    for example PORT = \"{port}\"";

/// What day it is.
pub(super) const DAY: &str = "nothing tells the server what day it is, so that no scenario could be run: use {now} or \
    {clock_file} in the command or the environment, or give controls.clock, for example \
    clock = { http = \"POST /test/clock\", body = \"{now}\" }";

/// The same for one that runs already.
pub(super) const CLOCK: &str = "is missing: nothing tells the server what day it is, so that no scenario could be run; \
    for example clock = { http = \"POST /test/clock\", body = \"{now}\" }";

/// How one that runs already forgets.
pub(super) const RESTART: &str = "is missing: each scenario wants a server that remembers nothing of the one before; \
    say how it is restarted, for example restart = { command = [\"./restart\"] }";

/// What a control is.
pub(super) const CONTROL: &str = "give either an HTTP call, for example { http = \"POST /test/reset\" }, or a command, \
    for example { command = [\"./reset\", \"{url}\"] }";

/// What an HTTP call is.
pub(super) const CALL: &str = "give method and path, for example http = \"POST /test/clock\"";

/// How clients show who they are.
pub(super) const AUTHENTICATION: &str = "give the header that shows who asks, for example header = \"X-Api-Key\", or \
    nobody = true";

/// What a command is.
pub(super) const COMMAND: &str = "is empty: give program and arguments, for example [\"./server\", \"--port={port}\"]";
