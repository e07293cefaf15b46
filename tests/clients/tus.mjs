// Sends a file with tus-js-client: ADDRESS ACCOUNT PASSWORD FILE SHA256. The client lies in the folder LANTOA_TUS_JS.
import { createReadStream, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [address, account, password, file, sha256] = process.argv.slice(2);
const tus = createRequire(join(process.env.LANTOA_TUS_JS, "/"))("tus-js-client");

const session = await fetch(`${address}/api/v1/session`, {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ account, password }),
});
if (!session.ok) throw new Error(`signing in: ${session.status}`);
const cookie = session.headers.get("set-cookie").split(";")[0];

const upload = new tus.Upload(createReadStream(file), {
  endpoint: `${address}/api/v1/uploads`,
  chunkSize: 1024 * 1024,
  uploadSize: statSync(file).size,
  headers: { cookie },
  metadata: { filename: "ảnh lễ khai giảng.bin", sha256 },
  // It gives up only when it got no further that often.
  retryDelays: Array(20).fill(20),
  onError: (error) => {
    console.error(String(error));
    process.exitCode = 1;
  },
  onSuccess: () => console.log("sent"),
});
upload.start();
