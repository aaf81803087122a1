import { useQueries } from "@tanstack/vue-query";
import {
    type ComputedRef,
    type MaybeRefOrGetter,
    computed,
    toValue,
} from "vue";
import { slutdag } from "@/features/insats/insats.logic";
import type { Insats } from "@/features/insats/queries";
import { bortomAlla } from "@/shared/api/allaSidor";
import { api, kropp } from "@/shared/api/klient";
import {
    type Insatslage,
    forraSista,
    gransForLangTid,
} from "./startsida.logic";
import { plusDagar } from "@/shared/datum.logic";

/** How many, without who: the page asked for is empty, and only the total is read. */
async function raknaDeltaganden(
    insatsId: string,
    query: {
        status?: "PAGAENDE";
        startdagFran?: string;
        startdagTill?: string;
    },
    signal: AbortSignal,
): Promise<number> {
    const svar = await kropp(
        api.GET("/insatser/{insatsId}/deltaganden", {
            params: {
                path: { insatsId },
                query: { ...query, limit: 1, offset: bortomAlla },
            },
            signal,
        }),
    );
    return svar._meta.totalRecords ?? svar._meta.count;
}

interface Lagen {
    lagen: ComputedRef<Insatslage[]>;
    raknar: ComputedRef<boolean>;
    fel: ComputedRef<Error | undefined>;
}

/** The counts of every insats where the person registers. */
export function useInsatslagen(
    insatser: MaybeRefOrGetter<readonly Insats[]>,
    idag: MaybeRefOrGetter<string>,
): Lagen {
    const svar = useQueries({
        queries: computed(() =>
            toValue(insatser).map((i) => ({
                queryKey: [
                    "insatser",
                    i.id,
                    "deltaganden",
                    "antal",
                    toValue(idag),
                ],
                queryFn: async ({ signal }: { signal: AbortSignal }) => {
                    const dag = toValue(idag);
                    const [pagaende, nya, langa] = await Promise.all([
                        raknaDeltaganden(i.id, { status: "PAGAENDE" }, signal),
                        raknaDeltaganden(
                            i.id,
                            { startdagFran: plusDagar(forraSista(dag), 1) },
                            signal,
                        ),
                        raknaDeltaganden(
                            i.id,
                            {
                                status: "PAGAENDE",
                                startdagTill: gransForLangTid(dag),
                            },
                            signal,
                        ),
                    ]);
                    return { pagaende, nya, langa };
                },
            })),
        ),
    });
    return {
        lagen: computed(() =>
            toValue(insatser).map((i, n) => ({
                id: i.id,
                namn: i.namn,
                startdatum: i.startdatum,
                slutdatum: slutdag(i),
                ...svar.value[n]?.data,
            })),
        ),
        raknar: computed(() => svar.value.some((s) => s.isPending)),
        fel: computed(
            () => svar.value.find((s) => s.error)?.error ?? undefined,
        ),
    };
}
