"""Sends a file with tuspy: ADDRESS ACCOUNT PASSWORD FILE SHA256."""

import json
import sys
import urllib.request

from tusclient import client

address, account, password, file, sha256 = sys.argv[1:]
body = json.dumps({"account": account, "password": password}).encode()
request = urllib.request.Request(f"{address}/api/v1/session", body, {"content-type": "application/json"})
with urllib.request.urlopen(request) as session:
    cookie = session.headers["set-cookie"].split(";")[0]

uploads = client.TusClient(f"{address}/api/v1/uploads", headers={"Cookie": cookie})
uploads.uploader(
    file,
    chunk_size=1024 * 1024,
    metadata={"filename": "ảnh lễ khai giảng.bin", "sha256": sha256},
    retries=200,
    retry_delay=0,
).upload()
print("sent")
