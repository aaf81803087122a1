import { afterEach, expect, it } from "vitest";
import { type Monterad, del, falt, lugn, montera } from "@/shared/prov/montera";
import HjalpSida from "./HjalpSida.vue";

let sida: Monterad;

afterEach(() => {
    sida.bort();
});

const organisation = {
    id: "org",
    namn: "Samordningsförbundet Uppsala län",
    kontaktperson: {
        namn: "Test Testsson",
        telefon: "018-00 00 00",
        epost: "kansliet@example.se",
    },
};

async function oppna(vag = "/hjalp"): Promise<void> {
    sida = await montera(HjalpSida, {
        vag,
        rutt: "/hjalp",
        roll: "INSATSANSVARIG",
        uppdrag: [
            {
                roll: "INSATSANSVARIG",
                organisationId: "org",
                organisation: organisation.namn,
                insatsId: "ins",
                insats: "Arbetslivsresurs",
            },
        ],
        server: () => organisation,
    });
}

const rubriker = (): string[] =>
    [...document.querySelectorAll("[data-test=hjalpdel] > h2")].map((e) =>
        e.textContent.trim(),
    );

it("visar den egna rollens hjälp först och det egna kansliet", async () => {
    await oppna();
    expect(rubriker()[0]).toBe("Du som är insatsansvarig");
    expect(del("kansli")?.textContent).toContain("Test Testsson");
    expect(
        del("kansli")?.querySelector("a[href^='mailto:']")?.textContent,
    ).toBe("kansliet@example.se");
    expect(del("forvaltning")?.textContent).toContain("SUS förvaltning");
});

it("söker medan man skriver, och säger hur mycket som finns", async () => {
    await oppna();
    const sok = async (text: string): Promise<void> => {
        falt("hjalp").value = text;
        falt("hjalp").dispatchEvent(new Event("input", { bubbles: true }));
        await lugn();
    };
    await sok("felregistrering");
    expect(rubriker()).toEqual(["För alla", "Du som är deltagaransvarig"]);
    expect(del("hjalpbesked")?.textContent).toBe("2 avsnitt");
    expect(del("innehallet")).toBeNull();
    await sok("finnsinte");
    expect(del("hjalpbesked")?.textContent).toContain("Pröva ett annat ord");
    await sok("");
    expect(del("hjalpbesked")?.textContent).toBe("");
    expect(rubriker()).toHaveLength(6);
});

it("öppnas vid det avsnitt som adressen nämner", async () => {
    await oppna("/hjalp#behorighet");
    expect(document.activeElement?.id).toBe("behorighet");
});
