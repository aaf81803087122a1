import { afterEach, describe, expect, it } from "vitest";
import { ordAfFkMedverkan } from "@/shared/api/regler.gen";
import {
    type Monterad,
    del,
    enter,
    montera,
    uppdragI,
    skriv,
} from "@/shared/prov/montera";
import RegistreraSida from "./RegistreraSida.vue";
import { glomSokning } from "./sokminne";

const id = "019373a0-5b1a-7c3e-9f21-0a1b2c3d4e5f";

let sida: Monterad | undefined;
let deltaganden: unknown[] = [];

async function oppna(samverkansform: string, ...egna: string[]): Promise<void> {
    sida = await montera(RegistreraSida, {
        vag: `/insatser/${id}/registrera`,
        rutt: "/insatser/:insatsId/registrera",
        roll: "DELTAGARANSVARIG",
        uppdrag: uppdragI(...egna),
        server: (a) => {
            if (a.vag === "/insatser/{insatsId}") {
                return {
                    id,
                    namn: "Kontoret",
                    startdatum: "2009-01-01",
                    deltagarregistrering: "MED_PERSONUPPGIFT_ELLER_ANONYM",
                    organisation: {
                        id,
                        namn: "FK i Af/FK-samarbete",
                        samverkansform,
                        startdatum: "2008-01-01",
                        medlemmar: [],
                    },
                };
            }
            return a.metod === "POST"
                ? {
                      hittad: true,
                      skyddad: false,
                      namn: "Alva",
                      alder: 49,
                      deltaganden,
                  }
                : { data: [], _meta: { totalRecords: 0 } };
        },
    });
}

async function sokt(samverkansform: string): Promise<void> {
    await oppna(samverkansform, id);
    await skriv("personnummer", "19770117-2392");
    await enter("personnummer");
}

afterEach(() => {
    sida?.bort();
    sida = undefined;
    deltaganden = [];
    glomSokning();
});

describe("registrera deltagare", () => {
    it("ber om samtycke i ett samordningsförbund", async () => {
        await sokt("FINSAM");
        expect(del("medverkan")).toBeNull();
        expect(del("samtycke")).not.toBeNull();
    });

    it("säger i Af/FK-samarbetet att ingen har ett deltagande där, och ber inte om samtycke", async () => {
        await sokt("AF_FK_SAMARBETE");
        expect(del("medverkan")?.textContent).toContain(ordAfFkMedverkan);
        expect(del("traff")).not.toBeNull();
        expect(del("samtycke")).toBeNull();
        expect(del("inget-mattillfalle")).not.toBeNull();
    });
});

it("hjälpen bredvid är den om det som är valt", async () => {
    deltaganden = [{ id, startdag: "2026-01-12", status: "PAGAENDE" }];
    await sokt("FINSAM");
    const hjalpen = (): string | undefined =>
        del("sidhjalp")?.querySelector("h2")?.textContent;
    const valj = (varde: string): void => {
        const lista =
            document.querySelector<HTMLSelectElement>("#registrering");
        if (lista) {
            lista.value = varde;
            lista.dispatchEvent(new Event("change"));
        }
    };
    await expect.poll(hjalpen).toBe("Registrera ut en deltagare");
    valj("in");
    await expect.poll(hjalpen).toBe("Rätta en uppgift");
    valj("aterkalla");
    await expect.poll(hjalpen).toBe("Deltagaren återkallar sitt samtycke");
});

describe("i någon annans insats", () => {
    it("går inget nummer att skriva, och det sägs vem man frågar", async () => {
        await oppna("FINSAM", "019373a0-5b1a-7c3e-9f21-0a1b2c3d4e60");
        expect(document.querySelector("#falt-personnummer")).toBeNull();
        const besked = del("utan-uppdrag");
        expect(besked?.textContent).toContain(
            "Du är inte deltagaransvarig i insatsen",
        );
        expect(
            [...(besked?.querySelectorAll("a") ?? [])].map((a) =>
                a.getAttribute("href"),
            ),
        ).toEqual([`/samverkansorganisationer/${id}`, "/deltagande"]);
    });
});
