import { afterEach, describe, expect, it } from "vitest";
import {
    av,
    del,
    felen,
    finns,
    skriv,
    spara,
    tryck,
    utanFel,
    valj,
    varde,
} from "@/shared/prov/handgrepp";
import { type Sida, lugn, oppna, tills } from "@/shared/prov/oppna";
import { type Svarare, lista, nekade } from "@/shared/prov/server";
import * as v from "@/shared/prov/varlden";

const post = "POST /v1/insatser/…/anonyma";

let sida: Sida;
async function oppnaDen(svara: Svarare = () => undefined): Promise<void> {
    sida = await oppna(`/insatser/${v.ider.insats}/anonyma`, {
        roll: "DELTAGARANSVARIG",
        svara,
    });
    await finns("anonyma");
}
afterEach(() => sida.bort());

async function lagg(kon: "kvinnor" | "man", antal: string): Promise<void> {
    await skriv(kon === "man" ? "/antalMan" : "/antalKvinnor", antal);
    await tryck(`lagg-till-${kon}`);
}

async function taBort(rad: number): Promise<void> {
    document
        .querySelector<HTMLElement>(`[aria-label="Ta bort rad ${rad}"]`)
        ?.click();
    await lugn();
}

function sagt(): string {
    return (
        document
            .querySelector("#fkui-alert-screen-reader")
            ?.textContent.trim() ?? ""
    );
}

const kvinnor = ["/antalKvinnor", "Antal kvinnor"] as const;
const man = ["/antalMan", "Antal män"] as const;
const granser = "Antalet ska vara ett heltal från 1 till 10\u00a0000.";

describe("de anonyma", () => {
    it("säger vad som är fel med antalen", async () => {
        await oppnaDen();
        await tryck("lagg-till-kvinnor");
        await felen([...kvinnor, granser]);
        await lagg("man", "x");
        await felen([...man, granser]);
        await skriv("/antalMan", "");
        await spara();
        await felen([
            ...kvinnor,
            "Ange minst en kvinna eller en man och klicka på «Lägg till».",
        ]);
        // Typed, but not added.
        await skriv("/antalMan", "3");
        await spara();
        await felen([
            ...man,
            "Klicka på «Lägg till» för att ta med antalet, eller töm fältet.",
        ]);
        // Too many together is said at the field that they were added by.
        for (let n = 0; n < 2; n++) {
            await lagg("man", "9000");
            await tryck("fraga-ja");
        }
        await spara();
        await felen([...man, granser]);
        expect(sida.fragor.some((f) => f.namn === post)).toBe(false);
        await taBort(2);
        await taBort(1);
        expect(del("tillagda")).toBeNull();
    });

    it("behåller raden och dess år när servern säger att året inte går", async () => {
        const fel = av(
            "anonyma",
            "utanfor-insatsen",
            undefined,
            "/inregistreringsar",
        );
        let nekar = true;
        await oppnaDen((f) =>
            f.namn === post && nekar ? nekade(fel) : undefined,
        );
        await valj("/inregistreringsar", "2009");
        await lagg("kvinnor", "2");
        await spara();
        await felen([fel.pekare, "Inregistreringsår", fel.meddelande]);
        expect(del("tillagda")?.textContent).toContain("2 kvinnor");
        await valj("/inregistreringsar", "2026");
        utanFel("/inregistreringsar");
        expect(del("tillagda")?.textContent).toContain("2009");
        await taBort(1);
        await lagg("kvinnor", "2");
        nekar = false;
        await spara();
        await finns("sparat");
        expect(sida.sant(post)).toEqual({
            inregistreringsar: 2026,
            antalKvinnor: 2,
            antalMan: 0,
        });
        expect(document.activeElement?.getAttribute("aria-label")).toBe(
            "2 kvinnor och 0 män är registrerade för 2026.",
        );
    });

    it("för fokus och ord med sig när en rad tas bort", async () => {
        await oppnaDen();
        await lagg("kvinnor", "3");
        await lagg("man", "3");
        await taBort(1);
        expect(document.activeElement?.textContent.trim()).toBe(
            "Att spara för 2026: 0 kvinnor och 3 män",
        );
        await tills(() => sagt() === "Borttaget.");
        await taBort(1);
        expect(document.activeElement?.id).toBe("falt-antalKvinnor");
        await tills(() => sagt() === "Borttaget. Det finns inget att spara.");
    });

    it("är ingen tom tabell medan de hämtas", async () => {
        let slapp = (): void => undefined;
        const sedan = new Promise<undefined>((klart) => {
            slapp = () => {
                klart(undefined);
            };
        });
        const vantar: Svarare = (f) =>
            f.namn === "GET /v1/insatser/…/anonyma" ? sedan : undefined;
        sida = await oppna(`/insatser/${v.ider.insats}/rapporter`, {
            roll: "DELTAGARANSVARIG",
            svara: vantar,
        });
        await sida.router.push(`/insatser/${v.ider.insats}/anonyma`);
        await tills(() =>
            document.body.textContent.includes("Räknar samman de anonyma"),
        );
        // Said by what it is, not by its text alone.
        expect(
            document.querySelector("progress")?.getAttribute("aria-label"),
        ).toBe("Räknar samman de anonyma");
        expect(
            document.querySelector("progress")?.closest("[role=status]"),
        ).not.toBeNull();
        expect(del("registrerade")).toBeNull();
        slapp();
        await finns("inga");
    });

    it("behåller det som är ifyllt över en omladdning", async () => {
        await oppnaDen();
        await lagg("kvinnor", "4");
        await skriv("/antalMan", "3");
        await sida.laddaOm();
        await finns("tillagda");
        expect(del("tillagda")?.textContent).toContain("4 kvinnor");
        expect(varde("/antalMan")).toBe("3");
        await finns("utkast");
    });

    describe("rättade", () => {
        const manga = Array.from({ length: 22 }, (_, n) => ({
            ...v.anonyma,
            id: `019373a0-5b1a-7c3e-9f21-0000000000${String(n + 10)}`,
        }));
        const svara: Svarare = (f) =>
            f.namn === "GET /v1/insatser/…/anonyma" ? lista(manga) : undefined;

        it("går till formuläret, och tillbaka till listan med sitt utkast kvar", async () => {
            await oppnaDen(svara);
            await tryck("ratta");
            expect(document.activeElement?.id).toBe("ratta-rubrik");
            await tills(() =>
                del("sidhjalp")?.textContent.includes("vid registreringen"),
            );
            expect(del("sidhjalp")?.textContent).not.toContain("Lägg till");
            await skriv("/antalMan", "5");
            await sida.laddaOm();
            await finns("ratta-anonyma");
            expect(varde("/antalMan")).toBe("5");
            await tryck("avbryt");
            expect(document.activeElement?.id).toBe("poster");
            expect(del("besked")?.textContent).toContain(
                "Dina uppgifter finns kvar",
            );
            await sida.router.push("/");
            await tills(() => del("paborjat"));
            expect(
                del("paborjat")?.querySelector("a")?.getAttribute("href"),
            ).toBe(
                `/insatser/${v.ider.insats}/anonyma?ratta=${manga[0]?.id ?? ""}`,
            );
        });

        it("visas alla, och fokus följer med till den första nya", async () => {
            await oppnaDen(svara);
            expect(document.querySelectorAll("[data-test=ratta]")).toHaveLength(
                20,
            );
            await tryck("visa-alla");
            expect(del("visa-alla")).toBeNull();
            expect(document.activeElement?.getAttribute("aria-label")).toBe(
                "Rätta registrering 21",
            );
        });
    });
});
