# SPDX-License-Identifier: GPL-3.0-or-later
"""A bucket on this machine: GET, PUT and ListObjectsV2 of S3, over files in a folder.

It is no S3, but it believes nothing: each request's signature is computed anew from AWS's own description (Signature Version 4, "Create a
signed request"), with nothing but hashlib and hmac, and a request that is signed otherwise gets 403. check_example() holds that computation
to the example that AWS publishes with its answer.
"""
import datetime
import hashlib
import hmac
import http.server
import threading
import urllib.parse
import xml.sax.saxutils
from pathlib import Path


def sign(secret, day, region, service, string_to_sign):
    key = ("AWS4" + secret).encode()
    for part in (day, region, service, "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, string_to_sign.encode(), hashlib.sha256).hexdigest()


def signature(secret, region, service, method, path, query, headers, signed_names, payload_hash):
    pairs = sorted(part if "=" in part else part + "=" for part in query.split("&") if part)
    canonical = "\n".join([method, path, "&".join(pairs), *(f"{name}:{' '.join(headers[name].split())}" for name in signed_names), "",
                           ";".join(signed_names), payload_hash])
    time = headers["x-amz-date"]
    scope = f"{time[:8]}/{region}/{service}/aws4_request"
    string_to_sign = "\n".join(["AWS4-HMAC-SHA256", time, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    return sign(secret, time[:8], region, service, string_to_sign)


def check_example():
    """The GET Object example of "Signature Calculations for the Authorization Header" in the Amazon S3 API reference."""
    empty = hashlib.sha256(b"").hexdigest()
    headers = {"host": "examplebucket.s3.amazonaws.com", "range": "bytes=0-9", "x-amz-content-sha256": empty, "x-amz-date": "20130524T000000Z"}
    made = signature("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1", "s3", "GET", "/test.txt", "", headers, sorted(headers), empty)
    return made == "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"


class Bucket:
    def __init__(self, folder, key_id, secret, region):
        self.folder, self.key_id, self.secret, self.region = Path(folder), key_id, secret, region
        self.refused, self.served, self.page = 0, 0, 1000
        self.spoils = None  # the end of a key whose bytes it loses one of
        handler = type("Handler", (Handler,), {"bucket": self})
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.handle_error = lambda *_: None  # a client that was killed
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/{self.folder.name}/"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body=b""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def is_signed(self):
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        fields = dict(part.strip().split("=", 1) for part in headers.get("authorization", "").partition(" ")[2].split(",") if "=" in part)
        names = fields.get("SignedHeaders", "").split(";")
        if not {"host", "x-amz-date", "x-amz-content-sha256"} <= set(names) or any(name not in headers for name in names):
            return False
        key_id, day, region, service, _ = fields["Credential"].split("/")
        now = datetime.datetime.now(datetime.timezone.utc)
        then = datetime.datetime.strptime(headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
        made = signature(self.bucket.secret, self.bucket.region, "s3", self.command, path, query, headers, names, headers["x-amz-content-sha256"])
        return (key_id == self.bucket.key_id and region == self.bucket.region and service == "s3" and day == headers["x-amz-date"][:8]
                and abs(now - then) < datetime.timedelta(minutes=15) and hmac.compare_digest(made, fields["Signature"]))

    def place(self):
        """The file of this key, or None where it is outside of the bucket."""
        name, _, key = urllib.parse.unquote(self.path.partition("?")[0]).lstrip("/").partition("/")
        place = (self.bucket.folder / key).resolve()
        return place if name == self.bucket.folder.name and place.is_relative_to(self.bucket.folder.resolve()) else None

    def handle_one(self, serve):
        size = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(size)
        if len(body) < size:  # an object is there whole or not at all
            self.close_connection = True
            return None
        if not self.is_signed():
            self.bucket.refused += 1
            return self.answer(403)
        self.bucket.served += 1
        place = self.place()
        return self.answer(404) if place is None else serve(place, body)

    def do_PUT(self):
        def serve(place, body):
            place.parent.mkdir(parents=True, exist_ok=True)
            part = place.with_name(place.name + ".part")
            spoilt = self.bucket.spoils is not None and place.name.endswith(self.bucket.spoils)
            part.write_bytes(body[:-1] if spoilt else body)
            part.rename(place)
            self.answer(200)
        self.handle_one(serve)

    def do_GET(self):
        def serve(place, _):
            query = dict(urllib.parse.parse_qsl(self.path.partition("?")[2]))
            if "list-type" in query:
                return self.answer(200, self.listing(query))
            return self.answer(200, place.read_bytes()) if place.is_file() else self.answer(404)
        self.handle_one(serve)

    def listing(self, query):
        keys = sorted(path.relative_to(self.bucket.folder).as_posix() for path in self.bucket.folder.rglob("*") if path.is_file())
        keys = [key for key in keys if key.startswith(query.get("prefix", "")) and key > query.get("continuation-token", "")]
        page, more = keys[:self.bucket.page], len(keys) > self.bucket.page
        xml = '<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
        xml += f"<IsTruncated>{str(more).lower()}</IsTruncated><KeyCount>{len(page)}</KeyCount>"
        xml += "".join(f"<Contents><Key>{urllib.parse.quote(key)}</Key><Size>1</Size></Contents>" for key in page)
        if more:
            xml += f"<NextContinuationToken>{xml_text(page[-1])}</NextContinuationToken>"
        return (xml + "</ListBucketResult>").encode()


def xml_text(text):
    return xml.sax.saxutils.escape(text)
