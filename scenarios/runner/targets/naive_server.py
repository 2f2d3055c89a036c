"""An OHLC cache as a team might write it in an afternoon: memory, then DynamoDB, then Tiingo, then Finnhub.

It is wrong on purpose. Each place that says NAIVE is a mistake that such servers are known for, and that scenarios of
the catalogue must find; naive_verdict.toml lists which. Nothing but Python's standard library is needed.
"""

import datetime as dt
import hashlib
import hmac
import json
import os
import threading
import urllib.error
import urllib.parse
import urllib.request
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TABLE = os.environ["TABLE"]
DYNAMODB = os.environ["DYNAMODB"]
REGION = os.environ["REGION"]
ACCESS_KEY = os.environ["ACCESS_KEY"]
SECRET_KEY = os.environ["SECRET_KEY"]
TIINGO = os.environ["TIINGO"]
TIINGO_KEY = os.environ["TIINGO_KEY"]
FINNHUB = os.environ["FINNHUB"]
FINNHUB_KEY = os.environ["FINNHUB_KEY"]
API_KEYS = os.environ["API_KEYS"].split(",")
CACHE_SIZE = int(os.environ.get("CACHE_SIZE") or "1000")

DAYS = {"1D": 0, "1W": 7, "1M": 30, "3M": 90, "6M": 180, "1Y": 365, "5Y": 1826}
MINUTES = {"1": "1min", "5": "5min", "15": "15min", "30": "30min", "60": "1hour"}
HOUR = 3600
NINETY_DAYS = 90 * 86400

clock = None
# NAIVE: no lock around it. Ten visitors who miss at once fetch ten times.
memory = {}
counts = {}


def now():
    return clock or dt.datetime.now(dt.timezone.utc)


def count(metric):
    counts[metric] = counts.get(metric, 0) + 1


class Problem(Exception):
    def __init__(self, status, kind, text):
        super().__init__(text)
        self.status, self.kind, self.text = status, kind, text


# --- DynamoDB, without a library: JSON over HTTP, signed.


def sign(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def dynamodb(operation, document):
    body = json.dumps(document)
    # The signature wants the real time, whatever the clock of a test says.
    stamp = dt.datetime.now(dt.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    host = urllib.parse.urlparse(DYNAMODB).netloc
    target = "DynamoDB_20120810." + operation
    headers = f"host:{host}\nx-amz-date:{stamp}\nx-amz-target:{target}\n"
    names = "host;x-amz-date;x-amz-target"
    request = f"POST\n/\n\n{headers}\n{names}\n{hashlib.sha256(body.encode()).hexdigest()}"
    scope = f"{stamp[:8]}/{REGION}/dynamodb/aws4_request"
    text = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
    key = sign(sign(sign(sign(("AWS4" + SECRET_KEY).encode(), stamp[:8]), REGION), "dynamodb"), "aws4_request")
    signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    authorization = f"AWS4-HMAC-SHA256 Credential={ACCESS_KEY}/{scope}, SignedHeaders={names}, Signature={signature}"
    call = urllib.request.Request(
        DYNAMODB,
        body.encode(),
        {
            "Content-Type": "application/x-amz-json-1.0",
            "X-Amz-Date": stamp,
            "X-Amz-Target": target,
            "Authorization": authorization,
        },
    )
    with urllib.request.urlopen(call, timeout=10) as answer:
        return json.load(answer)


def read_table(question):
    """The stored candles of a window, and when they were fetched."""
    answer = dynamodb(
        "Query",
        {
            "TableName": TABLE,
            "KeyConditionExpression": "PK = :pk AND SK BETWEEN :first AND :last",
            # NAIVE: days of UTC, of what Tiingo gave alone, though what Finnhub gave is written too.
            "ExpressionAttributeValues": {
                ":pk": {"S": question.ticker + "#tiingo"},
                ":first": {"S": f"{question.resolution}#{question.start}"},
                ":last": {"S": f"{question.resolution}#{question.end}~"},
            },
        },
    )
    # NAIVE: LastEvaluatedKey is not looked at, nor whether DynamoDB should have deleted an item by now.
    items = answer["Items"]
    candles = [
        {
            "date": item["SK"]["S"].split("#")[1][: 10 if question.resolution == "D" else None],
            "open": float(item["o"]["N"]),
            "high": float(item["h"]["N"]),
            "low": float(item["l"]["N"]),
            "close": float(item["c"]["N"]),
            "volume": int(item["v"]["N"]),
        }
        for item in items
    ]
    return candles, min((item["fetched"]["S"] for item in items), default=None)


def write_table(question, candles, provider, fetched):
    puts = []
    for candle in candles:
        time = candle["date"] if "T" in candle["date"] else candle["date"] + "T00:00:00Z"
        item = {
            "PK": {"S": f"{question.ticker}#{provider}"},
            "SK": {"S": f"{question.resolution}#{time}"},
            # NAIVE: a volume of null becomes the number "None", and DynamoDB refuses the whole batch.
            **{name: {"N": str(candle[field])} for name, field in zip("ohlcv", ("open", "high", "low", "close", "volume"))},
            "fetched": {"S": fetched},
            # NAIVE: today's unfinished candle is kept for 90 days as well.
            "ttl": {"N": str(int(now().timestamp()) + NINETY_DAYS)},
        }
        puts.append({"PutRequest": {"Item": item}})
    try:
        for first in range(0, len(puts), 25):
            # NAIVE: UnprocessedItems are not looked at.
            dynamodb("BatchWriteItem", {"RequestItems": {TABLE: puts[first : first + 25]}})
    except Exception:
        # NAIVE: nobody ever hears of it.
        pass


# --- The providers


def fetch(url, headers):
    # NAIVE: a connection for each call.
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
        # NAIVE: prices become floats.
        return json.load(answer)


def tiingo(question):
    symbol = question.ticker.replace(".", "-")
    query = {"startDate": question.start, "endDate": question.end}
    if question.resolution == "D":
        path = f"/tiingo/daily/{symbol}/prices?"
    else:
        path = f"/iex/{symbol}/prices?"
        query |= {"resampleFreq": MINUTES[question.resolution], "columns": "open,high,low,close,volume"}
    rows = fetch(TIINGO + path + urllib.parse.urlencode(query), {"Authorization": "Token " + TIINGO_KEY})
    # NAIVE: raw prices, not adjusted ones; whatever is in a row; in the provider's order; offsets cut off.
    return [
        {
            "date": row["date"][:10] if question.resolution == "D" else row["date"][:19] + "Z",
            **{field: row[field] for field in ("open", "high", "low", "close")},
            "volume": row.get("volume"),
        }
        for row in rows
    ]


def finnhub(question):
    first = dt.datetime.fromisoformat(question.start + "T00:00:00+00:00")
    last = dt.datetime.fromisoformat(question.end + "T23:59:59+00:00")
    query = {
        "symbol": question.ticker,
        "resolution": question.resolution,
        "from": int(first.timestamp()),
        "to": int(last.timestamp()),
    }
    answer = fetch(FINNHUB + "/stock/candle?" + urllib.parse.urlencode(query), {"X-Finnhub-Token": FINNHUB_KEY})
    if answer["s"] != "ok":
        return []
    candles = []
    for time, *values in zip(*(answer[column] for column in "tohlcv")):
        date = dt.datetime.fromtimestamp(time, dt.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        named = dict(zip(("open", "high", "low", "close", "volume"), values))
        candles.append({"date": date[:10] if question.resolution == "D" else date, **named})
    return candles


def ask_providers(question):
    try:
        return tiingo(question), "tiingo"
    except urllib.error.HTTPError as refusal:
        if refusal.code == 404:
            raise Problem(404, "unknown_ticker", f"{question.ticker} was not found; check the spelling")
        failed = refusal
    except OSError as cause:
        failed = cause
    try:
        return finnhub(question), "finnhub"
    except OSError:
        # NAIVE: it tells visitors which provider failed, and how.
        raise Problem(503, "unavailable", f"Tiingo and Finnhub failed: {failed}")


# --- A request


class Question:
    def __init__(self, ticker, query):
        self.ticker = ticker.upper()
        self.resolution = query.get("resolution", "D")
        if self.resolution not in ("D", *MINUTES):
            raise Problem(400, "invalid_resolution", "resolution must be one of 1 5 15 30 60 D")
        # NAIVE: the day of UTC, which is not New York's in the evening.
        today = now().date()
        if "start_date" in query and "end_date" in query:
            self.range, self.start, self.end = "custom", query["start_date"], query["end_date"]
            try:
                late = dt.date.fromisoformat(self.start) > dt.date.fromisoformat(self.end)
            except ValueError:
                raise Problem(400, "invalid_date", "dates must be like 2026-02-03")
            if late:
                raise Problem(400, "invalid_date", "start_date must not be after end_date")
            self.key = f"ohlc:{self.ticker}:{self.resolution}:custom:{self.start}:{self.end}"
            return
        self.range = query.get("range", "1M")
        if self.range not in DAYS and self.range != "YTD":
            # NAIVE: a silent default.
            self.range = "1M"
        start = today.replace(month=1, day=1) if self.range == "YTD" else today - dt.timedelta(DAYS[self.range])
        self.start, self.end = str(start), str(today)
        # NAIVE: the key does not know the day.
        self.key = f"ohlc:{self.ticker}:{self.resolution}:{self.range}"

    def expected(self):
        """How many candles a whole answer has, about."""
        first, last = dt.date.fromisoformat(self.start), dt.date.fromisoformat(self.end)
        days = [first + dt.timedelta(day) for day in range((last - first).days + 1)]
        # NAIVE: no holidays, no half days.
        sessions = sum(day.weekday() < 5 for day in days)
        return sessions if self.resolution == "D" else sessions * 390 // int(self.resolution)

    def is_covered_by(self, candles):
        # NAIVE: four fifths are taken for all.
        return bool(candles) and len(candles) >= 0.8 * self.expected()


def look_up(question):
    """Candles, provider, when they were fetched, and which layer had them."""
    kept = memory.get(question.key)
    if kept and now().timestamp() - kept["at"] < HOUR:
        count('CacheHit{layer="in-memory"}')
        if kept["problem"]:
            raise kept["problem"]
        return kept["candles"], kept["provider"], kept["fetched"], "memory"
    count('CacheMiss{layer="in-memory"}')

    # NAIVE: when DynamoDB does not answer, neither does this server.
    candles, fetched = read_table(question)
    if question.is_covered_by(candles):
        remember(question, candles, "tiingo", fetched)
        return candles, "tiingo", fetched, "table"

    # NAIVE: no lock, no second look.
    try:
        candles, provider = ask_providers(question)
        if not candles:
            raise Problem(404, "unknown_ticker", f"{question.ticker} has no candles")
    except Problem as problem:
        if problem.status == 404:
            # NAIVE: what is unknown now is unknown for an hour.
            remember(question, None, None, None, problem)
        raise
    fetched = now().strftime("%Y-%m-%dT%H:%M:%SZ")
    remember(question, candles, provider, fetched)
    write_table(question, candles, provider, fetched)
    return candles, provider, fetched, provider


def remember(question, candles, provider, fetched, problem=None):
    while len(memory) >= CACHE_SIZE:
        # NAIVE: the oldest goes, however often it is read.
        memory.pop(next(iter(memory)), None)
    memory[question.key] = {
        "at": now().timestamp(),
        "candles": candles,
        "provider": provider,
        "fetched": fetched,
        "problem": problem,
    }


def answer(question):
    candles, provider, fetched, layer = look_up(question)
    age = now() - dt.datetime.fromisoformat(fetched.replace("Z", "+00:00"))
    body = {
        "ticker": question.ticker,
        "time_range": question.range,
        "resolution": question.resolution,
        "resolution_fallback": False,
        "fallback_message": None,
        "start_date": question.start,
        "end_date": question.end,
        "count": len(candles),
        "source": provider,
        "cache_expires_at": (now() + dt.timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "stale": False,
        "candles": candles,
    }
    return body, {"X-Cache": layer, "X-Cache-Key": question.key, "X-Age": str(int(age.total_seconds()))}


# --- HTTP


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body in one piece.
    wbufsize = -1

    def do_GET(self):
        self.serve(self.get)

    def do_POST(self):
        self.serve(self.post)

    def serve(self, action):
        length = int(self.headers.get("Content-Length") or 0)
        self.body = self.rfile.read(length).decode()
        headers = {}
        try:
            status, document, headers = action(urllib.parse.urlparse(self.path))
        except Problem as problem:
            status, document = problem.status, {"detail": problem.text, "type": problem.kind}
            headers = {"X-Cache": "none"}
        except Exception as cause:
            # NAIVE: it tells visitors what went wrong inside.
            status, document = 500, {"detail": f"{type(cause).__name__}: {cause}", "type": "internal"}
        text = document if isinstance(document, str) else json.dumps(document)
        self.send_response(status)
        request_id = self.headers.get("X-Request-Id") or str(uuid.uuid4())
        for name, value in {"X-Request-Id": request_id, "Cache-Control": "no-store", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def get(self, url):
        path = url.path.split("/")
        if url.path == "/healthz":
            return 200, {"status": "ok"}, {}
        if url.path == "/metrics":
            return 200, "".join(f"{metric} {number}\n" for metric, number in list(counts.items())), {}
        if path[:4] == ["", "api", "v2", "tickers"] and path[5:] == ["ohlc"]:
            if self.headers.get("X-Api-Key") not in API_KEYS:
                raise Problem(401, "auth_invalid", "wrong API key")
            query = dict(urllib.parse.parse_qsl(url.query))
            return 200, *answer(Question(urllib.parse.unquote(path[4]), query))
        raise Problem(404, "no_such_route", "there is nothing here")

    def post(self, url):
        global clock
        if url.path == "/api/v2/cache/invalidate":
            # NAIVE: anybody may; the table keeps everything; AA takes AAPL with it.
            ticker = json.loads(self.body or "{}").get("ticker", "").upper()
            gone = [key for key in list(memory) if key.startswith("ohlc:" + ticker)]
            for key in gone:
                memory.pop(key, None)
            return 200, {"in_memory": len(gone)}, {}
        # What only tests do.
        if url.path == "/test/clock":
            clock = dt.datetime.fromisoformat(json.loads(self.body)["now"].replace("Z", "+00:00"))
            return 200, {}, {}
        if url.path == "/test/forget":
            memory.clear()
            return 200, {}, {}
        raise Problem(404, "no_such_route", "there is nothing here")

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256


if __name__ == "__main__":
    Server(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
