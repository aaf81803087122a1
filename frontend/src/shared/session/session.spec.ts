import { beforeEach, describe, expect, it, vi } from "vitest";
import { fragor } from "@/shared/api/fragor";
import { sessionsapi } from "@/shared/api/klient";
import { ProblemFel } from "@/shared/api/problem";
import {
    hamtaSession,
    loggaUt,
    lyssnaPaFlikar,
    narSessionenSlutar,
    nyInloggning,
    sessionen,
    utloggningKlar,
} from "./session";

const laddaOm = vi.fn<(adress: string) => void>();
const glom = vi.fn<() => void>();
const vidUtloggning = vi.fn<() => void>();
narSessionenSlutar(glom);
lyssnaPaFlikar(vidUtloggning);

/** What the server says from now on. */
function inloggad(id: string, csrf = "ett"): void {
    vi.spyOn(sessionsapi, "GET").mockResolvedValue({
        data: {
            csrf,
            jag: { id, behorigheter: [], uppdrag: [], scopes: [] },
            idag: "2026-01-01",
            giltigTill: "2026-01-01T20:00:00Z",
            vilarTill: "2026-01-01T08:30:00Z",
            demo: true,
        },
        response: new Response(),
    });
}

function annanFlik(key: string, newValue: string | null): void {
    window.dispatchEvent(new StorageEvent("storage", { key, newValue }));
}

beforeEach(async () => {
    vi.stubGlobal("location", { assign: laddaOm });
    localStorage.clear();
    inloggad("anna");
    await hamtaSession(); // forgets whoever the test before left
    await hamtaSession();
    vi.clearAllMocks();
    inloggad("anna");
    fragor.setQueryData(["deltagande", "1"], "Annas");
});

function allaGlomda(): void {
    expect(sessionen.session).toBeUndefined();
    expect(glom).toHaveBeenCalledOnce();
    expect(fragor.getQueryData(["deltagande", "1"])).toBeUndefined();
    expect(laddaOm.mock.calls).toEqual([["/"]]);
}

function allaKvar(): void {
    expect(glom).not.toHaveBeenCalled();
    expect(fragor.getQueryData(["deltagande", "1"])).toBe("Annas");
    expect(laddaOm).not.toHaveBeenCalled();
}

describe("en annan person i samma webbläsare", () => {
    it("får inget av det sidan höll, när servern säger vem det är", async () => {
        inloggad("bo");
        expect(await hamtaSession()).toBeUndefined();
        allaGlomda();
    });
    it("får inget av det sidan höll, när en annan flik säger vem det är", () => {
        annanFlik("sus-inloggad", "bo");
        allaGlomda();
    });
});

describe("samma person", () => {
    it("behåller allt när sessionen hämtas om", async () => {
        inloggad("anna", "två");
        expect((await hamtaSession())?.csrf).toBe("två");
        allaKvar();
    });
    it("får det nya CSRF-värdet efter en ny inloggning i en annan flik", async () => {
        inloggad("anna", "två");
        annanFlik("sus-inloggad", "anna");
        await vi.waitFor(() => {
            expect(sessionen.session?.csrf).toBe("två");
        });
        allaKvar();
    });
});

describe("en inloggning", () => {
    it("sägs till de andra flikarna med ett id och ingenting mer", async () => {
        await nyInloggning();
        expect(localStorage.getItem("sus-inloggad")).toBe("anna");
    });
    it("märks vid nästa sida i en flik där ingen var inloggad", () => {
        annanFlik("sus-utloggad", "1");
        expect(vidUtloggning).toHaveBeenCalledOnce();
        expect(sessionen.kand).toBe(true);
        annanFlik("sus-inloggad", "bo");
        expect(sessionen.kand).toBe(false);
        expect(laddaOm).not.toHaveBeenCalled();
    });
});

describe("en utloggning", () => {
    const annas = "sus-utkast:anna:x:1";
    function servernSvarar(status: number): void {
        vi.spyOn(sessionsapi, "DELETE").mockRejectedValue(
            new ProblemFel({
                type: "about:blank",
                title: "Fel",
                status,
                regel: "fel",
                detail: "Fel.",
                instance: "",
                fel: [],
            }),
        );
    }
    beforeEach(() => {
        localStorage.setItem(annas, "{}");
    });
    it("tar med sig utkasten också när inloggningen redan hade gått ut", async () => {
        servernSvarar(401);
        await loggaUt();
        expect(localStorage.getItem(annas)).toBeNull();
        expect(sessionen.session).toBeUndefined();
        expect(sessionen.orsak).toBe("utloggad");
    });
    it("tömmer skärm, minne och utkast innan servern har svarat", async () => {
        let svara: () => void = () => undefined;
        const anrop = vi.spyOn(sessionsapi, "DELETE").mockImplementation(
            () =>
                new Promise((klar) => {
                    svara = () => {
                        klar({ response: new Response() });
                    };
                }) as never,
        );
        const klart = loggaUt();
        expect(sessionen.session).toBeUndefined();
        expect(glom).toHaveBeenCalledOnce();
        expect(fragor.getQueryData(["deltagande", "1"])).toBeUndefined();
        expect(localStorage.getItem(annas)).toBeNull();
        expect(localStorage.getItem("sus-utloggad")).not.toBeNull();
        expect(anrop.mock.calls[0]?.[1]).toMatchObject({
            headers: { "X-SUS-CSRF": "ett" },
        });
        // Not yet: the server still takes the log-in's cookie.
        expect(sessionen.orsak).toBe("loggar-ut");
        svara();
        await klart;
        expect(sessionen.orsak).toBe("utloggad");
        expect(localStorage.getItem("sus-utloggning-kvar")).toBeNull();
    });
    it("väntas in av nästa inloggning, och bryts när den dröjer: annars tar svaret den nya kakan", async () => {
        vi.useFakeTimers();
        try {
            const svara: ((v: unknown) => void)[] = [];
            const anrop = vi.spyOn(sessionsapi, "DELETE").mockImplementation(
                ((_: string, { signal }: { signal: AbortSignal }) =>
                    new Promise((klar, nej) => {
                        svara.push(klar);
                        signal.addEventListener("abort", () => {
                            nej(new Error("avbruten"));
                        });
                    })) as never,
            );
            const forsta = loggaUt();
            let klar = false;
            const vantar = utloggningKlar().then(() => {
                klar = true;
            });
            await vi.advanceTimersByTimeAsync(1000);
            expect(klar).toBe(false);
            svara[0]?.({ response: new Response() });
            await Promise.all([forsta, vantar]);
            expect(klar).toBe(true);

            const andra = loggaUt().catch((e: unknown) => String(e));
            const igen = utloggningKlar();
            await vi.advanceTimersByTimeAsync(3000);
            await igen;
            expect(anrop).toHaveBeenCalledTimes(2);
            expect(await andra).toContain("avbruten");
            await utloggningKlar(); // nothing is waited for any more
        } finally {
            vi.useRealTimers();
        }
    });
    it("som servern inte svarade på görs klar nästa gång, utan att någon är inloggad emellan", async () => {
        servernSvarar(500);
        await expect(loggaUt()).rejects.toThrow("500 fel");
        expect(localStorage.getItem(annas)).toBeNull();
        expect(sessionen.session).toBeUndefined();
        expect(sessionen.orsak).toBeUndefined();
        const anrop = vi
            .spyOn(sessionsapi, "DELETE")
            .mockClear()
            .mockResolvedValue({ response: new Response() } as never);
        expect(await hamtaSession()).toBeUndefined();
        expect(anrop).toHaveBeenCalledOnce();
        // The next log-in is one's own.
        expect((await hamtaSession())?.jag.id).toBe("anna");
    });
    it("i en annan flik sägs ha skett när servern har svarat den", () => {
        annanFlik("sus-utloggning-kvar", "1");
        annanFlik("sus-utloggad", "1");
        expect(sessionen.session).toBeUndefined();
        expect(sessionen.orsak).toBeUndefined();
        annanFlik("sus-utloggning-kvar", null);
        expect(sessionen.orsak).toBe("utloggad");
    });
    it("som är kvar rör inte den som loggar in efteråt", async () => {
        servernSvarar(500);
        await expect(loggaUt()).rejects.toThrow("500 fel");
        const anrop = vi.spyOn(sessionsapi, "DELETE").mockClear();
        await nyInloggning();
        expect(sessionen.session?.jag.id).toBe("anna");
        expect(anrop).not.toHaveBeenCalled();
    });
});
