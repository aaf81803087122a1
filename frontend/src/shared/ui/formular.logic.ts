import { ordObligatoriskt } from "@/shared/api/regler.gen";
import type { Faltfel } from "@/shared/api/typer";
import { iMening } from "@/shared/text.logic";

/** The labels of a form's fields by JSON pointer, in the order they stand. */
export type Etiketter = Record<string, string>;

export interface Formularfel {
    /** The element to go to; undefined when the form has no such field. */
    id: string | undefined;
    text: string;
    meddelande: string;
}

/** «/efter/forsorjning» → «falt-efter-forsorjning», the id of its element. */
export function faltId(pekare: string): string {
    return `falt${pekare.replaceAll("/", "-")}`;
}

/** The field a pointer falls in: its own, or the list or object that holds it. */
export function faltFor(
    pekare: string,
    etiketter: Etiketter,
): string | undefined {
    for (let p = pekare; p !== ""; p = p.slice(0, p.lastIndexOf("/"))) {
        if (p in etiketter) {
            return p;
        }
    }
    return undefined;
}

/** What is said of any field that is empty, in the words of this one. */
function iFaltetsOrd(meddelande: string, etikett: string): string {
    return meddelande === ordObligatoriskt && etikett !== ""
        ? `Fyll i ${iMening(etikett)}.`
        : meddelande;
}

/** What the label is followed by: a question has its own mark. */
function ledet(etikett: string): string {
    return etikett.endsWith("?") ? etikett : `${etikett}:`;
}

function namner(meddelande: string, etikett: string): boolean {
    return meddelande.toLowerCase().includes(etikett.toLowerCase());
}

/** Faults as the list on top shows them: in the form's order, one for each field, the fieldless last. */
export function formularfel(
    fel: readonly Faltfel[],
    etiketter: Etiketter,
): Formularfel[] {
    const ordning = Object.keys(etiketter);
    const perFalt = new Map<string, Formularfel>();
    const utan: Formularfel[] = [];
    for (const f of fel) {
        const pekare = faltFor(f.pekare, etiketter);
        if (pekare === undefined) {
            if (!utan.some((u) => u.meddelande === f.meddelande)) {
                utan.push({
                    id: undefined,
                    text: f.meddelande,
                    meddelande: f.meddelande,
                });
            }
        } else if (!perFalt.has(pekare)) {
            const etikett = etiketter[pekare] ?? "";
            const meddelande = iFaltetsOrd(f.meddelande, etikett);
            perFalt.set(pekare, {
                id: faltId(pekare),
                text: namner(meddelande, etikett)
                    ? meddelande
                    : `${ledet(etikett)} ${meddelande}`,
                meddelande,
            });
        }
    }
    return [
        ...ordning.flatMap((p) => {
            const f = perFalt.get(p);
            return f ? [f] : [];
        }),
        ...utan,
    ];
}
