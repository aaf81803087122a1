// Starts ../bin/sus with a demo of its own for the browser tests, and takes its
// data away when it ends. What it logs is in test-results/sus.log.
import { spawn } from "node:child_process";
import {
    appendFileSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const program = path.resolve(import.meta.dirname, "../../bin/sus");
if (!existsSync(program)) {
    console.error("bin/sus saknas: kör make build");
    process.exit(1);
}
const data = mkdtempSync(path.join(tmpdir(), "sus-e2e-"));
// The tests run the program's commands beside it, and know its port.
const platsen = path.join(tmpdir(), `sus-e2e-${process.argv[2] ?? ""}.mapp`);
writeFileSync(platsen, data);
const sus = spawn(program, ["serve", "--demo"], {
    stdio: ["ignore", "ignore", "pipe"],
    env: {
        ...process.env,
        SUS_PORT: process.argv[2],
        SUS_DATA_DIR: data,
        // The tests log in more often than people do.
        SUS_FORSOK_PERSON: "10000",
        SUS_FORSOK_ADRESS: "10000",
        // And look more people up in the population register.
        SUS_UPPSLAG_PERSON: "0",
        SUS_UPPSLAG_MASKIN: "0",
    },
});
// By name each time: the set-up of the tests empties the folder.
const logg = path.resolve(import.meta.dirname, "../test-results/sus.log");
sus.stderr.on("data", (rader) => {
    mkdirSync(path.dirname(logg), { recursive: true });
    appendFileSync(logg, rader);
});
for (const s of ["SIGTERM", "SIGINT"]) {
    process.on(s, () => sus.kill(s));
}
sus.on("exit", (kod) => {
    rmSync(data, { recursive: true, force: true });
    rmSync(platsen, { force: true });
    if (kod !== 0 && kod !== null) {
        console.error(`sus slutade med ${kod}. Loggen: ${logg}`);
    }
    process.exit(kod ?? 0);
});
