import { type ComputedRef, computed, onBeforeUnmount, ref } from "vue";
import type { Fraga } from "@/features/fraga/fraga.logic";
import { useFragor } from "@/features/fraga/queries";
import { type Svarsform, svarstabell } from "@/features/fraga/svar.logic";
import type { Faltfel, Schema } from "@/shared/api/typer";
import { type Utskriftsrad, granska } from "@/shared/formular/tabell";
import { useSession } from "@/shared/session/session";
import type { Etiketter } from "@/shared/ui/formular.logic";
import {
    type Angivet,
    type Besked,
    beskeden,
    delen,
    foreSkal,
    medFragorna,
    stallda,
    svarsdel,
    svarsform,
    svarsrader,
} from "./fragesvar.logic";

type Svar = Pick<Schema<"Inregistrering">, "svar">;

/** The part of a measurement's form that asks the organisation's own questions. */
export interface Fragesvaren {
    /** The form can be shown: the questions are there, or are not waited for any more. */
    klart: ComputedRef<boolean>;
    /** They cannot be had. */
    saknas: ComputedRef<boolean>;
    igen: () => void;
    /** What is asked now. */
    fragor: ComputedRef<readonly Fraga[]>;
    form: ComputedRef<Svarsform>;
    besked: ComputedRef<readonly Besked[]>;
    /** How many answers there are, asked or not. */
    antal: ComputedRef<number>;
    granska: () => Faltfel[];
}

interface Fragedel<S> extends Fragesvaren {
    etiketter: ComputedRef<Etiketter>;
    utskrift: (s: S, matt: readonly Utskriftsrad[]) => Utskriftsrad[];
    kropp: (s: S) => Svar;
}

/** How long the form waits for the questions, in ms: nobody has to answer them. */
const langst = 3000;

export function useFragesvar<S extends { fragesvar: Angivet[] }>({
    organisationId,
    matning,
    dag,
    fragas = () => true,
    svar,
    etiketter,
    registrerat = () => undefined,
}: {
    organisationId: string;
    matning: Schema<"Matningstyp">;
    /** The day that decides what is asked. */
    dag: (s: S) => string;
    /** Whether anything is measured at all. */
    fragas?: (s: S) => boolean;
    svar: S;
    /** Of the rest of the form. */
    etiketter: Etiketter;
    /** What stands there, when it is corrected. */
    registrerat?: () => Svar | undefined;
}): Fragedel<S> {
    const { idag } = useSession();
    const { data, isError, refetch } = useFragor(organisationId);
    const vantat = ref(false);
    const timer = setTimeout(() => {
        vantat.value = true;
    }, langst);
    onBeforeUnmount(() => {
        clearTimeout(timer);
    });

    const alla = computed(() => data.value?.fragor);
    const nu = (s: S): Fraga[] =>
        fragas(s) ? stallda(alla.value ?? [], matning, dag(s)) : [];
    const fragor = computed(() => nu(svar));
    const form = computed(() => svarsform(fragor.value, svar));
    return {
        klart: computed(
            () => alla.value !== undefined || isError.value || vantat.value,
        ),
        saknas: computed(
            () =>
                alla.value === undefined &&
                (isError.value || vantat.value) &&
                fragas(svar),
        ),
        igen() {
            void refetch();
        },
        fragor,
        form,
        besked: computed(() =>
            alla.value && fragas(svar)
                ? beskeden(svar.fragesvar, alla.value, fragor.value)
                : [],
        ),
        antal: computed(() => svar.fragesvar.length),
        granska: () =>
            granska(
                svarstabell(fragor.value),
                form.value,
                { idag: idag.value },
                delen,
            ),
        etiketter: computed(() => medFragorna(etiketter, fragor.value)),
        utskrift: (s, matt) =>
            fragas(s)
                ? foreSkal(
                      matt,
                      svarsrader(s, alla.value, nu(s), { idag: idag.value }),
                  )
                : [...matt],
        kropp: (s) =>
            fragas(s)
                ? svarsdel(
                      s.fragesvar,
                      alla.value && nu(s),
                      registrerat()?.svar,
                  )
                : {},
    };
}
