import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import type { FullConfig } from "@playwright/test";
import type { components } from "../src/shared/api/session";
import type { Sms } from "../src/shared/api/typer";
import { type Konto, huvudlosenord, konton } from "./konton";

type Inloggning = components["schemas"]["Inloggning"];

export const mapp = "test-results/session";
export const granskade = "test-results/granskade.txt";

export async function senasteKod(bas: string, mobil: string): Promise<string> {
    const svar = await fetch(`${bas}/demo/sms`, {
        headers: { Accept: "application/json" },
    });
    const { data } = (await svar.json()) as { data: Sms[] };
    const kod = /\d{6}/.exec(
        data.find((s) => s.to === mobil)?.message ?? "",
    )?.[0];
    if (kod === undefined) {
        throw new Error(`ingen kod till ${mobil}`);
    }
    return kod;
}

/** Logs in over HTTP and gives the cookie's value. */
export async function kaka(bas: string, konto: Konto): Promise<string> {
    const json = { "Content-Type": "application/json" };
    const forsta = await fetch(`${bas}/session/inloggningar`, {
        method: "POST",
        headers: json,
        body: JSON.stringify({
            personnummer: konto.personnummer,
            huvudlosenord,
        }),
    });
    if (forsta.status !== 201) {
        throw new Error(
            `inloggningen gav ${forsta.status}: ${await forsta.text()}`,
        );
    }
    const { id } = (await forsta.json()) as Inloggning;
    const andra = await fetch(`${bas}/session/inloggningar/${id}/koder`, {
        method: "POST",
        headers: json,
        body: JSON.stringify({ kod: await senasteKod(bas, konto.mobil) }),
    });
    const varde = /__Host-sus=([^;]+)/.exec(
        andra.headers.get("Set-Cookie") ?? "",
    )?.[1];
    if (varde === undefined) {
        throw new Error(`koden gav ${andra.status}: ${await andra.text()}`);
    }
    return varde;
}

/** Everybody logs in once; each test borrows the cookie. */
export default async function forbered(config: FullConfig): Promise<void> {
    const bas = config.projects[0]?.use.baseURL ?? "";
    rmSync("test-results", { recursive: true, force: true });
    mkdirSync(mapp, { recursive: true });
    for (const [roll, konto] of Object.entries(konton)) {
        writeFileSync(`${mapp}/${roll}`, await kaka(bas, konto));
    }
}
