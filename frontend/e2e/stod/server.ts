import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { konton } from "./konton";
import { loggaIn } from "./session";

/**
 * One server for the whole run: `sus serve --demo` with a data folder and a port of
 * its own. SUS_E2E_URL names one that runs already, while the tests are written.
 */
export default async function start(): Promise<() => Promise<void>> {
    const fardig = process.env["SUS_E2E_URL"];
    const server = fardig === undefined ? await starta() : undefined;
    const url = fardig ?? server?.url ?? "";
    process.env["SUS_E2E_URL"] = url;
    try {
        const sessioner: Record<string, unknown> = {};
        for (const [roll, personnummer] of Object.entries(konton)) {
            sessioner[roll] = await loggaIn(url, personnummer);
        }
        process.env["SUS_E2E_SESSIONER"] = JSON.stringify(sessioner);
    } catch (fel) {
        await server?.stopp();
        throw fel;
    }
    return async () => {
        await server?.stopp();
    };
}

interface Server {
    url: string;
    stopp: () => Promise<void>;
}

async function starta(): Promise<Server> {
    const mapp = mkdtempSync(join(tmpdir(), "sus-e2e-"));
    const program = fileURLToPath(
        new URL("../../../bin/sus", import.meta.url),
    );
    const miljo = Object.fromEntries(
        Object.entries(process.env).filter(
            ([k]) => !k.startsWith("SUS_") || k === "SUS_POSTGRES_DIR",
        ),
    );
    const barn = spawn(program, ["serve", "--demo"], {
        env: {
            ...miljo,
            SUS_PORT: "0",
            SUS_DATA_DIR: mapp,
            // The tests log in oftener than people do.
            SUS_FORSOK_PERSON: "1000",
            SUS_FORSOK_ADRESS: "1000",
        },
        stdio: ["ignore", "pipe", "pipe"],
    });
    const rader: string[] = [];
    const slut = new Promise<void>((klart) => {
        barn.once("exit", () => {
            klart();
        });
    });
    const stopp = async (): Promise<void> => {
        barn.kill("SIGTERM");
        await slut;
        rmSync(mapp, { recursive: true, force: true });
    };
    const url = await new Promise<string>((klart, nej) => {
        const vakt = setTimeout(() => {
            nej(new Error(`servern kom inte igång:\n${rader.join("\n")}`));
        }, 120_000);
        for (const strom of [barn.stdout, barn.stderr]) {
            createInterface({ input: strom }).on("line", (rad) => {
                if (rader.length < 200) {
                    rader.push(rad);
                }
                const m = /SUS svarar på (\S+)/.exec(rad);
                if (m?.[1] !== undefined) {
                    clearTimeout(vakt);
                    klart(m[1]);
                }
            });
        }
        barn.once("error", nej);
        barn.once("exit", (kod) => {
            clearTimeout(vakt);
            nej(
                new Error(
                    `servern slutade (${String(kod)}):\n${rader.join("\n")}`,
                ),
            );
        });
    }).catch(async (fel: unknown) => {
        await stopp();
        throw fel;
    });
    return { url, stopp };
}
