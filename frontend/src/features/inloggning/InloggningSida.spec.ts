import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { sessionsapi } from "@/shared/api/klient";
import {
    type Monterad,
    del,
    enter,
    falt,
    lugn,
    montera,
    nekande,
    skriv,
    tryck,
} from "@/shared/prov/montera";
import { konton } from "../../../e2e/konton";
import InloggningSida from "./InloggningSida.vue";

let sida: Monterad;
/** What the server answers the first step, try by try; an Error is a refusal. */
let svar: unknown[];

const utmaning = (id: string): unknown => ({
    id,
    giltigTill: "2026-03-02T09:10:00Z",
});

beforeEach(() => {
    svar = [];
    vi.spyOn(sessionsapi, "POST").mockImplementation((async (vag: string) => {
        await Promise.resolve();
        if (vag.endsWith("/koder")) {
            return { data: "", response: new Response() };
        }
        const nasta = svar.shift();
        if (nasta instanceof Error) {
            throw nasta;
        }
        return { data: nasta, response: new Response() };
    }) as never);
});

afterEach(() => {
    sida.bort();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
});

async function oppna(): Promise<void> {
    sida = await montera(InloggningSida, {
        vag: "/logga-in",
        rutt: "/logga-in",
        roll: "DELTAGARANSVARIG",
        server: () => undefined,
    });
}

async function forstaSteget(): Promise<void> {
    await skriv("personnummer", "19770117-2392");
    await skriv("huvudlosenord", "ett-losenord");
    await tryck("skicka-kod");
}

it("skickar en ny kod, som är den som gäller", async () => {
    svar = [utmaning("ett"), utmaning("tva")];
    await oppna();
    await forstaSteget();
    expect(del("kod-skickad")?.textContent).toContain("En kod är skickad");
    await skriv("kod", "12");
    await enter("kod");
    expect(del("fellista")).not.toBeNull();

    await tryck("ny-kod");
    expect(del("fellista")).toBeNull();
    expect(falt("kod").value).toBe("");
    expect(document.activeElement).toBe(falt("kod"));
    expect(del("kod-skickad")?.textContent).toContain("En ny kod är skickad");
    await skriv("kod", "123456");
    await enter("kod");
    expect(vi.mocked(sessionsapi.POST)).toHaveBeenLastCalledWith(
        "/session/inloggningar/{id}/koder",
        expect.objectContaining({ params: { path: { id: "tva" } } }),
    );
});

it("säger hur länge man väntar på en ny kod, och tar tillbaka det vid nästa försök", async () => {
    const manga = nekande(429, "for-manga-forsok", "För många försök.");
    Reflect.set(manga, "vanta", 600);
    svar = [utmaning("ett"), manga];
    await oppna();
    await forstaSteget();
    await tryck("ny-kod");
    expect(del("problem")?.textContent).toContain("om 10 minuter");
    await skriv("kod", "1");
    await enter("kod");
    expect(del("problem")).toBeNull();
});

it("visar lösenordet för den som vill se det, och döljer det när det skickas", async () => {
    svar = [nekande(401, "inloggning-felaktig", "Fel.")];
    await oppna();
    expect(falt("huvudlosenord").type).toBe("password");
    document.querySelector<HTMLInputElement>("#visa-losenord")?.click();
    await lugn();
    expect(falt("huvudlosenord").type).toBe("text");
    await forstaSteget();
    expect(falt("huvudlosenord").type).toBe("password");
});

it("säger att webbläsaren inte behöll kakan när koden var rätt", async () => {
    svar = [utmaning("ett")];
    await oppna();
    await forstaSteget();
    vi.spyOn(sessionsapi, "GET").mockRejectedValue(
        nekande(401, "token-saknas", "Du är inte inloggad."),
    );
    await skriv("kod", "123456");
    await enter("kod");
    expect(del("webblasaren")?.textContent).toContain("Koden var rätt");
    expect(falt("huvudlosenord").value).toBe("");
    expect(document.activeElement).toBe(falt("huvudlosenord"));
});

it.each([
    [
        "kakor",
        () =>
            vi.spyOn(navigator, "cookieEnabled", "get").mockReturnValue(false),
    ],
    [
        "lagring",
        () =>
            vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
                throw new DOMException("nej", "SecurityError");
            }),
    ],
    ["osaker", () => vi.stubGlobal("isSecureContext", false)],
] as const)(
    "säger före första steget vad som hindrar: %s",
    async (id, brist) => {
        vi.stubGlobal("isSecureContext", true);
        vi.spyOn(document, "cookie", "get").mockReturnValue(
            "__Host-sus-prov=1",
        );
        brist();
        await oppna();
        expect(del("webblasaren")?.dataset["hinder"]).toBe(id);
        expect(del("skicka-kod")).not.toBeNull();
    },
);

it("säger i demon vilka det går att logga in som, en av varje roll", async () => {
    document.documentElement.dataset["demo"] = "";
    await oppna();
    delete document.documentElement.dataset["demo"];
    const visade = [...document.querySelectorAll("[data-test=demokonto]")].map(
        (e) => e.textContent.replaceAll(/[-\s]+/g, " ").trim(),
    );
    const som = (k: { personnummer: string }, roll: string): string =>
        `${k.personnummer.slice(0, 8)} ${k.personnummer.slice(8)} (${roll})`;
    expect(visade).toEqual([
        som(konton.samverkansadministrator, "Samverkansadministratör"),
        som(konton.insatsansvarig, "Insatsansvarig"),
        som(konton.susrapport, "SUS rapport"),
        som(konton.systemforvaltare, "Systemförvaltare"),
    ]);
});
