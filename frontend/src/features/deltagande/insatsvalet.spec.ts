import { afterEach, describe, expect, it } from "vitest";
import {
    felen,
    finns,
    paSidan,
    tryck,
    utanFel,
    valj,
    varde,
} from "@/shared/prov/handgrepp";
import { type Sida, oppna } from "@/shared/prov/oppna";
import { lista, session } from "@/shared/prov/server";
import * as v from "@/shared/prov/varlden";

let sida: Sida;
afterEach(() => sida.bort());

describe("Deltagande", () => {
    it("väljer den enda insatsen av sig själv", async () => {
        sida = await oppna("/deltagande", { roll: "DELTAGARANSVARIG" });
        await finns("till-registrera");
        expect(varde("/insats")).toBe(v.ider.insats);
        await valj("/insats", "");
        await tryck("till-registrera");
        await paSidan("Registrera deltagare");
    });

    it("ber den som har flera insatser att välja en", async () => {
        const annan = { ...v.insats, id: v.ider.anvant, namn: "Nya spår" };
        const s = session("DELTAGARANSVARIG");
        const [uppdrag] = s.jag.uppdrag;
        sida = await oppna("/deltagande", {
            inloggad: {
                ...s,
                jag: {
                    ...s.jag,
                    uppdrag: uppdrag
                        ? [uppdrag, { ...uppdrag, insatsId: annan.id }]
                        : [],
                },
            },
            svara: (f) =>
                f.namn === "GET /v1/insatser"
                    ? lista([v.insats, annan])
                    : f.vag === `/v1/insatser/${annan.id}`
                      ? annan
                      : undefined,
        });
        await finns("till-anonyma");
        await tryck("till-anonyma");
        await felen(["/insats", "Insats", "Välj en insats."]);
        await valj("/insats", annan.id);
        utanFel("/insats");
        await tryck("till-anonyma");
        await paSidan("Registrera anonyma deltagare");
    });
});
