import { afterEach, describe, expect, it } from "vitest";
import { type Monterad, del, montera } from "@/shared/prov/montera";
import Vantande from "./Vantande.vue";

let sida: Monterad | undefined;

async function oppna(antal: number, dagar: number): Promise<string> {
    sida = await montera(Vantande, {
        vag: "/prov/i",
        rutt: "/prov/:insatsId",
        roll: "DELTAGARANSVARIG",
        server: () => ({
            data: antal === 0 ? [] : [{ dagarSedanRegistrering: dagar }],
            _meta: { limit: 1, count: 1, totalRecords: antal },
        }),
    });
    return (del("vantande")?.textContent ?? "").replace(/\s+/g, " ").trim();
}

afterEach(() => {
    sida?.bort();
    sida = undefined;
});

describe("samtycken som väntar", () => {
    it.each([
        [0, 0, ""],
        [
            1,
            28,
            "1 samtycke väntar på inregistrering. Det tas bort om 2 dagar.",
        ],
        [
            3,
            30,
            "3 samtycken väntar på inregistrering. Det äldsta tas bort efter i dag.",
        ],
    ])("%i stycken, %i dagar gammalt", async (antal, dagar, vantat) => {
        expect(await oppna(antal, dagar)).toBe(vantat);
    });

    it("läser inte fler personer än det behöver", async () => {
        await oppna(3, 1);
        expect(sida?.anrop[0]?.params.query).toMatchObject({
            status: "OANVANT",
            sort: "registrerat",
            limit: 1,
        });
    });
});
