import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type EffectScope, effectScope, nextTick } from "vue";
import {
    type Utkast,
    paborjade,
    rensaUtkast,
    rensaUtkastFor,
    stadaUtkast,
    useUtkast,
} from "./utkast";
import { ProblemFel } from "@/shared/api/problem";
import type { Regel } from "@/shared/api/regler.gen";
import { lagringVagrar } from "@/shared/lagring";
import { livslangd } from "./utkast.logic";

interface Svar {
    startdag: string;
    forsorjning: string[];
    skal: string;
}

const tom = (): Svar => ({ startdag: "", forsorjning: [], skal: "" });
const nyckel: Parameters<typeof useUtkast>[1] = {
    form: "in",
    id: "samtycke-1",
};
const lagrat = "sus-utkast:anna:in:samtycke-1";

let scope: EffectScope;

function oppna(anvandare = "anna", n = nyckel): Utkast<Svar> {
    const u = scope.run(() => useUtkast(anvandare, n, tom));
    if (!u) {
        throw new Error("inget utkast");
    }
    return u;
}

async function skrivKlart(): Promise<void> {
    await nextTick();
    vi.advanceTimersByTime(500);
}

/** What another tab does reaches this one as an event. */
function annanFlik(key: string, newValue: string | null): void {
    if (newValue === null) {
        localStorage.removeItem(key);
    } else {
        localStorage.setItem(key, newValue);
    }
    window.dispatchEvent(new StorageEvent("storage", { key, newValue }));
}

beforeEach(() => {
    vi.useFakeTimers({ now: new Date("2026-11-25T10:00:00Z") });
    localStorage.clear();
    scope = effectScope();
});

afterEach(() => {
    scope.stop();
    vi.useRealTimers();
});

describe("useUtkast", () => {
    it("kommer ihåg det som skrivits när formuläret öppnas igen", async () => {
        const u = oppna();
        expect(u.aterskapat.value).toBe(false);
        u.svar.startdag = "2026-11-01";
        u.svar.forsorjning.push("SA");
        await skrivKlart();

        scope.stop();
        scope = effectScope();
        const igen = oppna();
        expect(igen.svar).toEqual({
            startdag: "2026-11-01",
            forsorjning: ["SA"],
            skal: "",
        });
        expect(igen.aterskapat.value).toBe(true);
    });

    it("sparar inget förrän något är ändrat", async () => {
        oppna();
        await skrivKlart();
        expect(localStorage.length).toBe(0);
    });

    it("hinner spara när sidan lämnas genast", async () => {
        const u = oppna();
        u.svar.startdag = "2026-11-01";
        await nextTick();
        window.dispatchEvent(new Event("pagehide"));
        expect(localStorage.getItem(lagrat)).toContain("2026-11-01");
    });

    it("håller isär användare, formulär och samtycken", async () => {
        oppna().svar.startdag = "2026-11-01";
        await skrivKlart();
        expect(oppna("bo").svar.startdag).toBe("");
        expect(
            oppna("anna", { form: "ut", id: "samtycke-1" }).svar.startdag,
        ).toBe("");
        expect(
            oppna("anna", { form: "in", id: "samtycke-2" }).svar.startdag,
        ).toBe("");
    });

    it("sparar aldrig ett personnummer", async () => {
        const u = oppna();
        u.svar.skal = "Fel person, 19770117-2392";
        u.svar.startdag = "2026-11-01";
        await skrivKlart();
        expect(localStorage.getItem(lagrat)).not.toContain("2392");
        expect(u.svar.skal).toContain("2392");
    });

    it("sparar aldrig de svar som formuläret undantar", async () => {
        const en = (): Utkast<Svar> => {
            const u = scope.run(() => useUtkast("anna", nyckel, tom, ["skal"]));
            if (!u) {
                throw new Error("inget utkast");
            }
            return u;
        };
        const u = en();
        u.svar.skal = "Om en enda person";
        await skrivKlart();
        expect(localStorage.getItem(lagrat)).toBeNull();
        u.svar.startdag = "2026-11-01";
        await skrivKlart();
        expect(localStorage.getItem(lagrat)).not.toContain("person");

        // Another tab's answers do not take away what stands only here.
        annanFlik(
            lagrat,
            JSON.stringify({
                sparad: Date.now(),
                svar: { startdag: "2026-11-02", forsorjning: [] },
            }),
        );
        expect(u.svar).toMatchObject({
            startdag: "2026-11-02",
            skal: "Om en enda person",
        });
        scope.stop();
        scope = effectScope();
        expect(en().svar.skal).toBe("");
    });

    it("dör efter tolv timmar", async () => {
        oppna().svar.startdag = "2026-11-01";
        await skrivKlart();
        scope.stop();
        vi.advanceTimersByTime(livslangd);
        scope = effectScope();
        expect(oppna().svar.startdag).toBe("");
        stadaUtkast();
        expect(localStorage.length).toBe(0);
    });

    it("är borta när det är klart, och kommer inte tillbaka", async () => {
        const u = oppna();
        u.svar.startdag = "2026-11-01";
        await skrivKlart();
        u.klar();
        u.svar.startdag = "2026-11-02";
        await skrivKlart();
        scope.stop();
        expect(localStorage.length).toBe(0);
    });

    it("kan börja om", async () => {
        const u = oppna();
        u.svar.startdag = "2026-11-01";
        await skrivKlart();
        u.borjaOm();
        await skrivKlart();
        expect(u.svar).toEqual(tom());
        expect(localStorage.length).toBe(0);
    });

    it("visar i två flikar det som skrevs senast", async () => {
        const u = oppna();
        u.svar.startdag = "2026-11-01";
        await skrivKlart();
        annanFlik(
            lagrat,
            JSON.stringify({
                sparad: Date.now(),
                svar: { ...tom(), startdag: "2026-11-09" },
            }),
        );
        expect(u.svar.startdag).toBe("2026-11-09");
    });

    it("tar inte bort det som just skrivs här när en annan flik sparar", async () => {
        const u = oppna();
        u.svar.startdag = "2026-11-05";
        await nextTick();
        annanFlik(
            lagrat,
            JSON.stringify({
                sparad: Date.now(),
                svar: { ...tom(), startdag: "2026-11-09" },
            }),
        );
        expect(u.svar.startdag).toBe("2026-11-05");
    });

    it("slutar spara när en annan flik har sparat eller loggat ut", async () => {
        const u = oppna();
        u.svar.startdag = "2026-11-01";
        await skrivKlart();
        annanFlik(lagrat, null);
        expect(u.borttaget.value).toBe(true);
        u.svar.startdag = "2026-11-02";
        await skrivKlart();
        expect(localStorage.length).toBe(0);
    });
});

describe("utkasten tillsammans", () => {
    it("tas bort vid utloggning, bara den utloggades", async () => {
        oppna().svar.startdag = "2026-11-01";
        oppna("bo").svar.startdag = "2026-11-02";
        localStorage.setItem("annat", "kvar");
        await skrivKlart();
        rensaUtkast("anna");
        expect(Object.keys(localStorage).sort()).toEqual([
            "annat",
            "sus-utkast:bo:in:samtycke-1",
        ]);
    });

    it("kommer inte tillbaka ur ett öppet formulär efter utloggning", async () => {
        const u = oppna();
        u.svar.startdag = "2026-11-01";
        await nextTick();
        rensaUtkast("anna");
        expect(u.borttaget.value).toBe(true);
        u.svar.startdag = "2026-11-02";
        await skrivKlart();
        scope.stop();
        expect(localStorage.length).toBe(0);
    });

    it("tas bort med samtycket, allas", async () => {
        oppna().svar.startdag = "2026-11-01";
        oppna("bo").svar.startdag = "2026-11-02";
        oppna("anna", { form: "in", id: "samtycke-2" }).svar.startdag =
            "2026-11-03";
        await skrivKlart();
        rensaUtkastFor("samtycke-1");
        expect(Object.keys(localStorage)).toEqual([
            "sus-utkast:anna:in:samtycke-2",
        ]);
    });

    it("kan räknas upp, nyast först", async () => {
        oppna().svar.startdag = "2026-11-01";
        await skrivKlart();
        vi.advanceTimersByTime(1000);
        oppna("anna", { form: "ut", id: "samtycke-2" }).svar.startdag =
            "2026-11-02";
        await skrivKlart();
        expect(paborjade("anna").map((p) => p.form)).toEqual(["ut", "in"]);
        expect(paborjade("bo")).toEqual([]);
    });
});

describe("enGang", () => {
    const problem = (regel: Regel): ProblemFel =>
        new ProblemFel({
            type: "about:blank",
            title: "",
            status: 422,
            regel,
            detail: "",
            instance: "",
            fel: [],
        });
    const sanda = async (u: Utkast<Svar>): Promise<string> =>
        u.enGang((n) => Promise.resolve(n));

    /** The page is loaded anew. */
    function omladdad(): Utkast<Svar> {
        scope.stop();
        scope = effectScope();
        return oppna();
    }

    it("har samma nyckel efter en omladdning, så länge svaren är desamma", async () => {
        const u = oppna();
        u.svar.startdag = "2026-01-12";
        const n = await sanda(u);
        expect(localStorage.getItem(lagrat)).toContain(n); // before the answer
        const igen = omladdad();
        expect(await sanda(igen)).toBe(n);
        igen.svar.startdag = "2026-01-13";
        await skrivKlart();
        expect(localStorage.getItem(lagrat)).not.toContain(n);
        expect(await sanda(omladdad())).not.toBe(n);
    });
    it("vet om just de här svaren har skickats, också efter en omladdning", async () => {
        const skickat = (): boolean | undefined =>
            paborjade("anna")[0]?.skickat;
        const u = oppna();
        u.svar.startdag = "2026-01-12";
        await skrivKlart();
        expect([u.skickat(), skickat()]).toEqual([false, false]);
        await sanda(u);
        expect([u.skickat(), skickat()]).toEqual([true, true]);
        const igen = omladdad();
        expect(igen.skickat()).toBe(true);
        igen.svar.startdag = "2026-01-13";
        await skrivKlart();
        expect([igen.skickat(), skickat()]).toEqual([false, false]);
    });
    it("har en ny nyckel när det förra är sparat", async () => {
        const u = oppna();
        u.svar.startdag = "2026-01-12";
        const n = await sanda(u);
        u.borjaOm();
        u.svar.startdag = "2026-01-12";
        expect(await sanda(u)).not.toBe(n);
    });
    it("har samma nyckel i fliken bredvid", async () => {
        const u = oppna();
        annanFlik(
            lagrat,
            JSON.stringify({
                sparad: Date.now(),
                svar: { startdag: "2026-01-12", forsorjning: [], skal: "" },
                nyckel: "den-andras",
            }),
        );
        await nextTick();
        expect(await sanda(u)).toBe("den-andras");
    });
    it("byter nyckel en gång när servern säger att den är förbrukad, och aldrig annars", async () => {
        for (const [regel, forsok] of [
            ["idempotensnyckel-annan-kropp", 2],
            ["idempotensnyckel-utgangen", 2],
            ["obligatoriskt", 1],
        ] as const) {
            const nycklar: string[] = [];
            const u = oppna();
            await expect(
                u.enGang((n) => {
                    nycklar.push(n);
                    return Promise.reject(problem(regel));
                }),
            ).rejects.toBeInstanceOf(ProblemFel);
            expect(new Set(nycklar).size, regel).toBe(forsok);
            u.klar();
        }
    });
});

describe("lagring som vägrar", () => {
    afterEach(() => vi.restoreAllMocks());

    it.each(["setItem", "getItem", "removeItem"] as const)(
        "märks men stör inte: %s",
        async (metod) => {
            vi.spyOn(Storage.prototype, metod).mockImplementation(() => {
                throw new DOMException("", "QuotaExceededError");
            });
            const u = oppna();
            u.svar.skal = "fel uppgift";
            await skrivKlart();
            expect(await u.enGang((n) => Promise.resolve(n))).not.toBe("");
            u.klar();
            stadaUtkast();
            expect(lagringVagrar.value).toBe(true);
            vi.restoreAllMocks();
            const nytt = oppna("bo");
            nytt.svar.skal = "x";
            await skrivKlart();
            expect(lagringVagrar.value).toBe(false);
        },
    );
});
