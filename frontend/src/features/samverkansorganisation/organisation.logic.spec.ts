import { describe, expect, it } from "vitest";
import { platser } from "@/shared/formular/tabell";
import { kodverken, kommuner } from "@/shared/prov/kodverk";
import { organisation } from "@/shared/prov/varlden";
import { session } from "@/shared/prov/server";
import {
    type Organisationssammanhang,
    type Organisationssvar,
    farAndraOrganisation,
    granskaOrganisation,
    organisationIOrd,
    organisationssvarAv,
    organisationstabell,
    tillOrganisation,
    tomOrganisation,
} from "./organisation.logic";
import { iKontakten } from "./kontakt.logic";

const c = (
    mer: Partial<Organisationssammanhang> = {},
): Organisationssammanhang => ({
    idag: "2026-03-02",
    ny: false,
    forvaltare: true,
    omraden: kodverken.VERKSAMHETSOMRADE ?? [],
    stadsdelar: kodverken.STADSDEL ?? [],
    kommuner,
    star: organisation,
    ...mer,
});
const svar = (mer: Partial<Organisationssvar> = {}): Organisationssvar => ({
    ...organisationssvarAv(organisation),
    ...mer,
});
const fragas = (
    s: Organisationssvar,
    sammanhang: Organisationssammanhang,
): string[] => platser(organisationstabell, s, sammanhang).map((p) => p.pekare);

describe("samverkansorganisationens formulär", () => {
    it("sänder det som står när inget är ändrat", () => {
        const {
            ingaendeOrganisationer,
            stadsdelar,
            kommuner: k,
        } = organisation;
        expect(tillOrganisation(svar(), c())).toEqual({
            namn: organisation.namn,
            organisationsnummer: organisation.organisationsnummer,
            samverkansform: "FINSAM",
            startdatum: organisation.startdatum,
            verksamhetsomrade: "OSTER",
            rapporteringsdag: 15,
            kommuner: k,
            ingaendeOrganisationer: ingaendeOrganisationer.map((i) => ({
                organisationsnummer: i.organisationsnummer,
                medlem: i.medlem,
                finansiar: i.finansiar,
                konsument: i.konsument,
            })),
        });
        expect(stadsdelar).toEqual([]);
        expect(granskaOrganisation(svar(), c())).toEqual([]);
    });

    it("frågar från vilken månad bara när kommuner eller område är andra", () => {
        const falt = "/gallerFran";
        expect(fragas(svar(), c())).not.toContain(falt);
        expect(fragas(svar({ kommuner: ["0180"] }), c())).toContain(falt);
        expect(fragas(svar({ verksamhetsomrade: "NORR" }), c())).toContain(
            falt,
        );
        expect(
            fragas(
                svar({ kommuner: ["0180"] }),
                c({ ny: true, star: undefined }),
            ),
        ).not.toContain(falt);
        const fel = granskaOrganisation(
            svar({ kommuner: ["0180"], gallerFran: "2026-05-02" }),
            c(),
        );
        expect(fel.map((f) => `${f.pekare} ${f.regel}`)).toEqual([
            "/gallerFran manadens-forsta",
        ]);
    });

    it("frågar om stadsdelar bara i Stockholm och Göteborg, när de fanns", () => {
        const falt = "/stadsdelar";
        const ny = c({ ny: true, star: undefined });
        const da = { startdatum: "2012-01-01", slutdatum: "" };
        expect(fragas(svar({ ...da, kommuner: ["0380"] }), ny)).not.toContain(
            falt,
        );
        expect(fragas(svar({ ...da, kommuner: ["1480"] }), ny)).toContain(falt);
        expect(
            fragas(svar({ startdatum: "2021-01-01", kommuner: ["1480"] }), ny),
        ).not.toContain(falt);
        // Those that are chosen since before stand, though they are gone.
        const star = {
            ...organisation,
            kommuner: ["1480"],
            stadsdelar: ["S1480_ANGERED"],
        };
        const nu = organisationssvarAv(star);
        expect(tillOrganisation(nu, c({ star })).stadsdelar).toEqual([
            "S1480_ANGERED",
        ]);
        // In another kommun they are no choice.
        expect(
            tillOrganisation({ ...nu, kommuner: ["0180"] }, c({ star }))
                .stadsdelar,
        ).toBeUndefined();
    });

    it("låter bara Försäkringskassan ändra startdatum och område", () => {
        const last = (forvaltare: boolean): string[] =>
            platser(organisationstabell, svar(), c({ forvaltare }))
                .filter(
                    (p) =>
                        p.falt.last?.(p.svar, c({ forvaltare })) !== undefined,
                )
                .map((p) => p.pekare);
        expect(last(true)).toEqual(["/samverkansform"]);
        expect(last(false)).toEqual([
            "/samverkansform",
            "/startdatum",
            "/verksamhetsomrade",
        ]);
    });

    it("säger allt som är fel på en gång", () => {
        const fel = granskaOrganisation(
            {
                ...tomOrganisation(),
                organisationsnummer: "202100-5522",
                rapporteringsdag: "29",
            },
            c({ ny: true, star: undefined }),
        );
        expect(fel.map((f) => `${f.pekare} ${f.regel}`)).toEqual([
            "/namn obligatoriskt",
            "/organisationsnummer organisationsnummer",
            "/samverkansform obligatoriskt",
            "/startdatum obligatoriskt",
            "/rapporteringsdag utanfor-granser",
            "/verksamhetsomrade obligatoriskt",
            "/kommuner obligatoriskt",
            "/ingaendeOrganisationer obligatoriskt",
        ]);
    });

    it("läser upp varje ingående organisation", () => {
        expect(organisationIOrd(svar(), c()).at(-1)).toMatchObject({
            etikett: "Ingående organisation: Uppsala kommun",
            text: "Hela tiden: Medlem, Finansiär",
        });
    });

    it("tar fram den dolda kontakten när något är fel i den", () => {
        const fel = (pekare: string) => [
            { pekare, regel: "r", meddelande: "m" },
        ];
        expect(iKontakten(fel("/adress/epost"))).toBe(true);
        expect(iKontakten(fel("/kontaktperson/namn"))).toBe(true);
        expect(iKontakten(fel("/namn"))).toBe(false);
    });

    it("öppnas för Försäkringskassan och organisationens administratör", () => {
        const { jag } = session("SAMVERKANSADMINISTRATOR");
        const far = (id: string): boolean =>
            farAndraOrganisation(jag, ["SAMVERKANSADMINISTRATOR"], id);
        expect(far(organisation.id)).toBe(true);
        expect(far("annan")).toBe(false);
        expect(farAndraOrganisation(jag, ["SYSTEMFORVALTARE"], "annan")).toBe(
            true,
        );
    });
});
