import { ValidationPlugin } from "@fkui/vue";
import axe from "axe-core";
import { type App, createApp, h, reactive } from "vue";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
    eftertabell,
    type Matsammanhang,
} from "@/features/registrering/matning.logic";
import { falt, lugn, skriv } from "@/shared/prov/montera";
import type { Alternativ } from "@/shared/ui/alternativ";
import Falten from "./Falten.vue";
import { skalfalt } from "./skal";
import { type Grund, type Svar, type Tabell, tomma } from "./tabell";

interface Kontrakt {
    namn: string;
    dag: string;
    slut?: string;
    antal: number;
    ja: boolean;
    lista: string;
    fast: string;
    flera: string[];
    skal: string;
}
interface Sammanhang extends Grund {
    rattar: boolean;
}

const ett: Alternativ[] = [
    { varde: "A", text: "Första", grupp: "Med mätning" },
    { varde: "B", text: "Andra", grupp: "Utan mätning" },
    { varde: "C", text: "Tredje", grupp: "Utan mätning" },
];

const tabell: Tabell<Kontrakt, Sammanhang> = {
    namn: { etikett: "Insatsnamn", slag: "text", hjalp: "Som det står" },
    dag: { etikett: "Startdag", slag: "dag" },
    slut: { etikett: "Slutdatum", slag: "dag", frivilligt: true, framat: true },
    antal: {
        etikett: "Antal år",
        slag: "heltal",
        min: 0,
        max: 100,
        vad: "Antal år",
    },
    ja: { etikett: "Arbetar deltagaren?", slag: "jaNej", hjalp: "Nu" },
    lista: { etikett: "Anledning", slag: "lista", val: () => ett, tom: "Välj" },
    fast: {
        etikett: "Inriktning",
        slag: "val",
        val: () => ett,
        last: () => "Kan inte ändras när något är registrerat.",
    },
    flera: { etikett: "Försörjning", slag: "flerval", val: () => ett },
    skal: skalfalt,
};

const sammanhang: Sammanhang = { idag: "2026-03-02", rattar: true };
let svar: Svar<Kontrakt>;
let app: App;

async function rita(falten: object): Promise<void> {
    document.body.innerHTML = "<main id=innehall></main>";
    app = createApp({ render: () => h(Falten, falten as never) });
    app.use(ValidationPlugin).mount("#innehall");
    await lugn();
}

beforeEach(async () => {
    svar = reactive({ ...tomma(tabell), fast: "B" });
    await rita({
        tabell,
        sammanhang,
        modelValue: svar,
        bredvid: { "/ja": "Vid start: Nej" },
    });
});
afterEach(() => {
    app.unmount();
});

/** The name by which a screen reader calls it. */
function namn(e: Element): string {
    axe.setup(document.body);
    const text = axe.commons.text.accessibleText(e);
    axe.teardown();
    return text;
}

function beskrivning(e: Element): string {
    return (e.getAttribute("aria-describedby") ?? "")
        .split(" ")
        .map((id) => document.getElementById(id)?.textContent.trim() ?? "?")
        .join(" ");
}

describe("ett fält ur tabellen", () => {
    it.each([
        ["namn", "Insatsnamn", "Som det står"],
        ["dag", "Startdag", "(åååå-mm-dd)"],
        ["slut", "Slutdatum (frivilligt)", "(åååå-mm-dd)"],
        ["antal", "Antal år", ""],
        ["ja", "Arbetar deltagaren?", "Nu Vid start: Nej"],
        ["lista", "Anledning", ""],
        ["flera", "Försörjning", ""],
        [
            "skal",
            "Varför rättas uppgiften?",
            "Till exempel «Fel antal år angivet». Skriv inga personuppgifter.",
        ],
    ])("heter bara vad det heter, och beskrivs av resten: %s", (f, n, om) => {
        expect(namn(falt(f))).toBe(n);
        expect(beskrivning(falt(f)).replace(/\s+/g, " ")).toBe(
            om === "" ? "?" : om,
        );
    });
    it("säger vilka som måste besvaras", () => {
        const krav = ["namn", "dag", "slut", "antal", "ja", "lista", "skal"];
        expect(
            krav.filter(
                (f) => falt(f).getAttribute("aria-required") === "true",
            ),
        ).toEqual(krav.filter((f) => f !== "slut"));
        expect(falt("ja").getAttribute("role")).toBe("radiogroup");
    });
    it("säger på kalenderns knapp vilken dag den väljer", async () => {
        const knapp = (f: string): string =>
            falt(f)
                .closest(".datepicker-field")
                ?.querySelector("button")
                ?.textContent.trim() ?? "";
        expect(knapp("dag")).toBe("Välj startdag");
        await skriv("dag", "2026-03-01");
        expect(knapp("dag")).toBe("Ändra startdag, 1 mars 2026");
        expect(knapp("slut")).toBe("Välj slutdatum");
    });
    it("läser en dag som den skrivs, och visar den som den lästes", async () => {
        await skriv("dag", "1/3 2026");
        expect(svar.dag).toBe("2026-03-01");
        expect(falt("dag").value).toBe("2026-03-01");
        await skriv("dag", "1 februari 2026");
        expect(falt("dag").value).toBe("2026-02-01");
    });
    it("granskar en dag när fältet lämnas, och säger felet som beskrivning", async () => {
        await skriv("dag", "2026-03-03");
        expect(namn(falt("dag"))).toBe("Startdag");
        expect(beskrivning(falt("dag"))).toContain(
            "Dagen får inte vara efter dagens datum.",
        );
        expect(falt("dag").getAttribute("aria-invalid")).toBe("true");
        await skriv("dag", "2026-03-02");
        expect(beskrivning(falt("dag"))).toBe("(åååå-mm-dd)");
        await skriv("slut", "2026-03-03");
        expect(beskrivning(falt("slut"))).toBe("(åååå-mm-dd)");
    });
    it("står som text när det inte kan ändras, med varför", () => {
        expect(falt("fast").tagName).toBe("DIV");
        expect(falt("fast").querySelector("input")).toBeNull();
        expect(
            [...falt("fast").querySelectorAll("p")].map((p) => p.textContent),
        ).toEqual([
            "Inriktning",
            "Andra",
            "Kan inte ändras när något är registrerat.",
        ]);
    });
    it("har sina val under rubriker när de har några", () => {
        const grupper = [...falt("lista").querySelectorAll("optgroup")];
        expect(
            grupper.map((g) => [
                g.label,
                [...g.querySelectorAll("option")].map((o) => o.text),
            ]),
        ).toEqual([
            ["Med mätning", ["Första"]],
            ["Utan mätning", ["Andra", "Tredje"]],
        ]);
    });
});

describe("mätningens frågor", () => {
    it("ger följdfrågan under sin fråga, och «ingen» släpper de andra", async () => {
        app.unmount();
        const rad = (kod: string, exklusiv: boolean) => ({
            kodverk: "FORSORJNING" as const,
            kod,
            etikett: kod,
            ordning: 1,
            giltigFran: "2004-01-01",
            exklusiv,
            utanMatning: false,
            utesluts: false,
            endastAterkallelse: false,
        });
        const c = {
            idag: "2026-03-02",
            forsorjning: [rad("SA", false), rad("INGEN", true)],
            arbetstyper: [rad("EGET", false)],
            rattar: false,
        } as unknown as Matsammanhang;
        const efter = reactive(tomma(eftertabell));
        await rita({
            tabell: eftertabell,
            sammanhang: c,
            modelValue: efter,
        });
        expect(document.querySelector("#falt-arbetarProcent")).toBeNull();
        falt("arbetar-ja").click();
        await lugn();
        expect(efter.arbetar).toBe("ja");
        expect(falt("arbetarProcent").closest(".foljdfragor")).not.toBeNull();
        falt("forsorjning-SA").click();
        await lugn();
        falt("forsorjning-INGEN").click();
        await lugn();
        expect(efter.forsorjning).toEqual(["INGEN"]);
    });
});
