import { huvudlosenord } from "./konton";

/** A log-in made outside the browser. */
export interface Session {
    kaka: string;
    csrf: string;
}

interface Sms {
    to: string;
    message: string;
    created: string;
}

/** The newest code of the demo's phone, sent at or after a moment. */
export async function hamtaKod(url: string, efter: Set<string>): Promise<string> {
    for (let n = 0; n < 50; n++) {
        for (const s of await allaSms(url)) {
            const kod = /\b(\d{6})\b/.exec(s.message)?.[1];
            if (kod !== undefined && !efter.has(s.created)) {
                return kod;
            }
        }
        await new Promise((r) => setTimeout(r, 100));
    }
    throw new Error("ingen kod kom");
}

export async function allaSms(url: string): Promise<Sms[]> {
    const svar = await fetch(`${url}/demo/sms`, {
        headers: { Accept: "application/json" },
    });
    return ((await svar.json()) as { data: Sms[] }).data;
}

export async function loggaIn(
    url: string,
    personnummer: string,
): Promise<Session> {
    const fore = new Set((await allaSms(url)).map((s) => s.created));
    const skicka = (vag: string, kropp: unknown): Promise<Response> =>
        fetch(`${url}${vag}`, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify(kropp),
        });
    const forsta = await skicka("/session/inloggningar", {
        personnummer,
        huvudlosenord,
    });
    const { id } = (await forsta.json()) as { id: string };
    const andra = await skicka(`/session/inloggningar/${id}/koder`, {
        kod: await hamtaKod(url, fore),
    });
    const kaka = /__Host-sus=([^;]+)/.exec(
        andra.headers.get("set-cookie") ?? "",
    )?.[1];
    if (kaka === undefined) {
        throw new Error(
            `${personnummer} kom inte in: ${andra.status} ${await andra.text()}`,
        );
    }
    const svar = await fetch(`${url}/session`, {
        headers: { Cookie: `__Host-sus=${kaka}` },
    });
    const { csrf } = (await svar.json()) as { csrf: string };
    return { kaka, csrf };
}
