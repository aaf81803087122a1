import {
    useQuery,
    type UseQueryReturnType,
    useQueryClient,
} from "@tanstack/vue-query";
import { type MaybeRefOrGetter, toValue } from "vue";
import { allaSidor } from "@/shared/api/allaSidor";
import { api, etag, kropp, skapat } from "@/shared/api/klient";
import { provkor, varningarna } from "@/shared/api/provkor";
import type { Schema } from "@/shared/api/typer";
import { deltagandenycklar } from "@/features/deltagande/queries";
import type { Varning } from "@/features/registrering/varning.logic";

/** Each registration of anonyma in an insats: only of all of them is a sum right. */
export function useAnonyma(
    insatsId: MaybeRefOrGetter<string>,
): UseQueryReturnType<Schema<"Anonyma">[], Error> {
    return useQuery({
        queryKey: () => deltagandenycklar.anonyma(toValue(insatsId)),
        queryFn: ({ signal }) =>
            allaSidor(
                (query) =>
                    kropp(
                        api.GET("/insatser/{insatsId}/anonyma", {
                            params: {
                                path: { insatsId: toValue(insatsId) },
                                query,
                            },
                            signal,
                        }),
                    ),
                (a) => a.id,
            ),
    });
}

/** What one registration of anonyma has said, oldest first. */
export function useAnonymaversioner(
    a: MaybeRefOrGetter<Schema<"Anonyma">>,
): UseQueryReturnType<Schema<"AnonymaVersion">[], Error> {
    return useQuery({
        queryKey: () =>
            deltagandenycklar.anonymaversioner(
                toValue(a).insatsId,
                toValue(a).id,
            ),
        queryFn: ({ signal }) =>
            allaSidor(
                (query) =>
                    kropp(
                        api.GET("/anonyma/{anonymaId}/versioner", {
                            params: {
                                path: { anonymaId: toValue(a).id },
                                query,
                            },
                            signal,
                        }),
                    ),
                (v) => String(v.version),
            ),
    });
}

/** The same of anonyma. */
export function provaAnonyma(
    insatsId: string,
    body: Schema<"NyaAnonyma">,
): Promise<Varning[]> {
    const { params, signal } = provkor();
    return varningarna(
        api.POST("/insatser/{insatsId}/anonyma", {
            params: { ...params, path: { insatsId } },
            body,
            signal,
        }),
    );
}

interface Anonymaregistrering {
    registreraAnonyma: (
        insatsId: string,
        body: Schema<"NyaAnonyma">,
        nyckel: string,
    ) => Promise<Schema<"Anonyma">>;
    rattaAnonyma: (
        a: Schema<"Anonyma">,
        body: Schema<"RattadeAnonyma">,
    ) => Promise<Schema<"Anonyma">>;
}

/** The registrations of anonyma; each makes the list be read anew. */
export function useAnonymaregistrering(): Anonymaregistrering {
    const fragor = useQueryClient();
    const huvud = (nyckel: string): { "Idempotency-Key": string } => ({
        "Idempotency-Key": nyckel,
    });
    return {
        async registreraAnonyma(insatsId, body, nyckel) {
            const a = await skapat(
                api.POST("/insatser/{insatsId}/anonyma", {
                    params: { path: { insatsId }, header: huvud(nyckel) },
                    body,
                }),
            );
            await fragor.invalidateQueries({
                queryKey: deltagandenycklar.anonyma(insatsId),
            });
            return a;
        },
        async rattaAnonyma(fore, body) {
            const a = await kropp(
                api.PUT("/anonyma/{anonymaId}", {
                    params: {
                        path: { anonymaId: fore.id },
                        header: { "If-Match": etag(fore.version) },
                    },
                    body,
                }),
            );
            await fragor.invalidateQueries({
                queryKey: deltagandenycklar.anonyma(fore.insatsId),
            });
            return a;
        },
    };
}
