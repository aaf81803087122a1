import { afterEach, describe, expect, it } from "vitest";
import type { Roll } from "@/shared/api/typer";
import { type Sida, oppna } from "@/shared/prov/oppna";
import { del, finns, tryck } from "@/shared/prov/handgrepp";
import { session } from "@/shared/prov/server";
import * as v from "@/shared/prov/varlden";

let sida: Sida;
afterEach(() => sida.bort());

const lankar = (vilka = ""): HTMLAnchorElement[] =>
    [
        ...document.querySelectorAll<HTMLAnchorElement>(
            `[data-test=undermeny] a${vilka}`,
        ),
    ].filter(
        (a) =>
            a.closest<HTMLElement>(".undermeny__rad")?.style.display !== "none",
    );
const synliga = (): string[] =>
    lankar().map(
        (a) => a.querySelector(".undermeny__text")?.textContent.trim() ?? "",
    );
const harifran = (): string[] =>
    lankar("[aria-current]:not([aria-current=false])").map(
        (a) => a.querySelector(".undermeny__kort")?.textContent.trim() ?? "",
    );
const utfallda = (): string[] =>
    [...document.querySelectorAll(".huvudmeny__mer")]
        .filter((k) => k.getAttribute("aria-expanded") === "true")
        .map((k) => k.getAttribute("aria-controls") ?? "");

it("märker det man gör, och inget på sidan där man väljer", async () => {
    sida = await oppna("/deltagande", { roll: "DELTAGARANSVARIG" });
    await finns("undermeny");
    expect(harifran()).toEqual([]);
    await sida.router.push("/deltagande?till=samtycken");
    await expect.poll(harifran).toEqual(["Samtycken"]);
    await sida.router.push(`/insatser/${v.ider.insats}/anonyma`);
    await expect.poll(harifran).toEqual(["Anonyma"]);
});

describe("menyns val", () => {
    const administratorens = [
        "Budget",
        "Budget",
        "Registrera insats",
        "Kompletterande fråga",
    ];

    it("öppnas och stängs ett och ett, och knappen säger vilket", async () => {
        sida = await oppna("/", { roll: "SAMVERKANSADMINISTRATOR" });
        expect(synliga()).toEqual(["Kompletterande fråga"]);
        expect(utfallda()).toEqual(["undermeny-deltagande"]);
        await tryck("mer-insats");
        expect(synliga()).toEqual(administratorens.slice(1));
        expect(utfallda()).toEqual([
            "undermeny-insats",
            "undermeny-deltagande",
        ]);
        for (const id of utfallda()) {
            expect(document.getElementById(id)?.style.display).toBe("");
        }
        await tryck("mer-deltagande");
        expect(synliga()).toEqual(administratorens.slice(1, 3));
    });

    it("öppnas och stängs alla, och står så tills man loggar ut", async () => {
        sida = await oppna("/", { roll: "SAMVERKANSADMINISTRATOR" });
        await tryck("oppna-alla");
        expect(synliga()).toEqual(administratorens);
        await sida.laddaOm();
        expect(synliga()).toEqual(administratorens);
        await tryck("stang-alla");
        expect(synliga()).toEqual([]);
        expect(utfallda()).toEqual([]);
        expect(del("undermeny")?.style.display).toBe("none");
        await sida.router.push("/rapporter");
        await sida.laddaOm();
        expect(synliga()).toEqual([]);
        await sida.bort();
        sida = await oppna("/", { roll: "SAMVERKANSADMINISTRATOR" });
        expect(synliga()).toEqual(["Kompletterande fråga"]);
    });

    it("finns inte för den som bara läser rapporter", async () => {
        sida = await oppna("/", { roll: "SUSRAPPORT" });
        expect(del("oppna-alla")).toBeNull();
        expect(del("undermeny")?.style.display).toBe("none");
    });
});

describe("den som har flera väljer först", () => {
    const annan = "0193730a-0000-7000-8000-0000000000ff";
    function flera(roll: Roll): ReturnType<typeof session> {
        const s = session(roll);
        const [forsta] = s.jag.uppdrag;
        if (forsta) {
            s.jag.uppdrag.push({
                ...forsta,
                organisationId: annan,
                organisation: "Andra förbundet",
            });
        }
        return s;
    }
    const dit = (): (string | null)[] =>
        [...document.querySelectorAll("[data-test=mina] a")].map((a) =>
            a.getAttribute("href"),
        );

    it.each([
        ["organisation-fragor", "fragor", "Kompletterande fråga"],
        ["organisation-budget", "budget", "Budget"],
    ])("organisation för %s", async (till, sist, text) => {
        sida = await oppna("/", {
            inloggad: flera("SAMVERKANSADMINISTRATOR"),
        });
        await tryck("oppna-alla");
        const lank = lankar().find((a) => a.textContent.includes(text));
        expect(lank?.getAttribute("href")).toBe(
            `/samverkansorganisationer?till=${till}`,
        );
        lank?.click();
        await finns("mina");
        expect(document.querySelector("h1")?.textContent).toBe(
            `${text}: välj samverkansorganisation`,
        );
        expect(dit()).toEqual([
            `/samverkansorganisationer/${v.organisation.id}/${sist}`,
            `/samverkansorganisationer/${annan}/${sist}`,
        ]);
        // The country's others are not theirs to see.
        expect(document.querySelector("main table")).toBeNull();
        expect(harifran()).toEqual([text === "Budget" ? "Budget" : "Frågor"]);
    });

    it("insats för budget, bland sina egna", async () => {
        sida = await oppna("/insatser?till=insats-budget&vilka=alla", {
            roll: "SAMVERKANSADMINISTRATOR",
        });
        await finns("antal");
        expect(document.querySelector("h1")?.textContent).toBe(
            "Budget: välj insats",
        );
        expect(
            sida.fragor
                .findLast((f) => f.namn === "GET /v1/insatser")
                ?.sok.get("mina"),
        ).toBe("true");
        expect(
            document.querySelector("main table a")?.getAttribute("href"),
        ).toBe(`/insatser/${v.ider.insats}/budget`);
    });
});
