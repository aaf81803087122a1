import { afterEach, describe, expect, it } from "vitest";
import { del, finns, tryck } from "@/shared/prov/handgrepp";
import { type Sida, oppna, tills } from "@/shared/prov/oppna";
import { lista, nej } from "@/shared/prov/server";
import * as v from "@/shared/prov/varlden";

const post = "POST /v1/insatser/…/kopplingar";
const annan = {
    id: "019373a0-0000-7aaa-8bbb-0a1b2c3d4e99",
    namn: "Steget",
    organisationId: "019373a0-0000-7aaa-8bbb-0a1b2c3d4e98",
    organisation: "Förbundet Norr",
};

let sida: Sida;
afterEach(() => sida.bort());

describe("en delad insats", () => {
    it("väntar på oss tills vi kopplar den", async () => {
        let lage = "VANTAR_PA_DENNA";
        sida = await oppna(`/insatser/${v.ider.insats}`, {
            roll: "SAMVERKANSADMINISTRATOR",
            svara: (f) => {
                if (f.namn === post) {
                    lage = "KOPPLAD";
                    return { ...annan, lage };
                }
                return f.namn === "GET /v1/insatser/…/kopplingar"
                    ? lista([{ ...annan, lage }])
                    : undefined;
            },
        });
        await finns("koppling");
        const text = (): string =>
            (del("koppling")?.textContent ?? "").replace(/\s+/g, " ");
        expect(text()).toContain(
            `Steget, Förbundet Norr: väntar på ${v.organisation.namn}`,
        );
        await tryck("koppla");
        await tills(() => text().includes("Förbundet Norr: kopplad"));
        expect(sida.sant(post)).toEqual({ insatsId: annan.id, kopplad: true });
        expect(del("koppla")).toBeNull();
        await tills(() => document.activeElement?.id === "delad");
    });

    it.each([
        ["tappades", "KOPPLAD"],
        ["nekades", undefined],
    ])("visar vad som är så nu när svaret %s", async (hur, sedan) => {
        let lage: string | undefined = "VANTAR_PA_DENNA";
        sida = await oppna(`/insatser/${v.ider.insats}`, {
            roll: "SAMVERKANSADMINISTRATOR",
            svara: (f) => {
                if (f.namn === post) {
                    lage = sedan;
                    if (hur === "tappades") {
                        throw new TypeError("Failed to fetch");
                    }
                    return nej(409, "foraldrad");
                }
                return f.namn === "GET /v1/insatser/…/kopplingar"
                    ? lista(lage === undefined ? [] : [{ ...annan, lage }])
                    : undefined;
            },
        });
        await finns("koppling");
        await tryck("koppla");
        await finns("laget");
        await tills(() =>
            sedan === undefined
                ? del("koppling") === null
                : del("koppling")?.textContent.includes("kopplad"),
        );
        expect(del("koppla")).toBeNull();
        expect(del("problem")).not.toBeNull();
    });

    it("kopplas från den andras sida till en av de egna", async () => {
        const deras = {
            ...v.insats,
            id: annan.id,
            namn: annan.namn,
            organisationId: annan.organisationId,
        };
        sida = await oppna(`/insatser/${annan.id}`, {
            roll: "SAMVERKANSADMINISTRATOR",
            svara: (f) =>
                f.namn === "GET /v1/insatser/…"
                    ? deras
                    : f.namn === post
                      ? { ...annan, lage: "VANTAR_PA_DEN_ANDRA" }
                      : undefined,
        });
        await finns("delad");
        await tills(() =>
            document.querySelector(
                `[data-test=delad] [value='${v.insats.id}']`,
            ),
        );
        const valet = document.querySelector<HTMLSelectElement>(
            "[data-test=delad] select",
        );
        expect(valet).not.toBeNull();
        if (valet) {
            valet.value = v.insats.id;
            valet.dispatchEvent(new Event("change", { bubbles: true }));
        }
        await tills(
            () =>
                del("koppla-egen")?.matches(":not(:disabled)") === true ||
                undefined,
        );
        await tryck("koppla-egen");
        await tills(() => sida.sant(post));
        expect(sida.sant(post)).toEqual({ insatsId: annan.id, kopplad: true });
        await tills(() => document.activeElement?.id === "delad");
    });
});
