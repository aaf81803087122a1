import {
    useQuery,
    type UseQueryReturnType,
    keepPreviousData,
    useQueryClient,
} from "@tanstack/vue-query";
import { type MaybeRefOrGetter, toValue } from "vue";
import { api, etag, kropp } from "@/shared/api/klient";
import type { paths } from "@/shared/api/schema";
import type { Schema } from "@/shared/api/typer";
import { andrat, deltagandenycklar } from "@/features/deltagande/queries";

export type Samtycke = Schema<"Samtycke">;
type Samtyckesfilter = NonNullable<
    paths["/insatser/{insatsId}/samtycken"]["get"]["parameters"]["query"]
>;

export function useSamtycke(
    id: MaybeRefOrGetter<string>,
): UseQueryReturnType<Samtycke, Error> {
    return useQuery({
        queryKey: () => deltagandenycklar.samtycke(toValue(id)),
        queryFn: ({ signal }) =>
            kropp(
                api.GET("/samtycken/{samtyckeId}", {
                    params: { path: { samtyckeId: toValue(id) } },
                    signal,
                }),
            ),
        enabled: () => toValue(id) !== "",
    });
}

/** The samtycken of an insats, a page at a time; each person shown is a row in the log. */
export function useSamtycken(
    insatsId: MaybeRefOrGetter<string>,
    filter: MaybeRefOrGetter<Samtyckesfilter>,
): UseQueryReturnType<Schema<"SamtyckeLista">, Error> {
    return useQuery({
        queryKey: () => [
            ...deltagandenycklar.samtyckenI(toValue(insatsId)),
            toValue(filter),
        ],
        queryFn: ({ signal }) =>
            kropp(
                api.GET("/insatser/{insatsId}/samtycken", {
                    params: {
                        path: { insatsId: toValue(insatsId) },
                        query: toValue(filter),
                    },
                    signal,
                }),
            ),
        placeholderData: keepPreviousData,
    });
}

interface Samtyckesregistrering {
    samtyck: (
        insatsId: string,
        body: Schema<"NyttSamtycke">,
        nyckel: string,
    ) => Promise<Samtycke>;
    rattaSamtycke: (
        s: Samtycke,
        body: Schema<"RattatSamtycke">,
    ) => Promise<Samtycke>;
    aterkalla: (
        samtyckeId: string,
        insatsId: string,
        nyckel: string,
    ) => Promise<Schema<"Aterkallelse">>;
    aterkallaIInsats: (
        insatsId: string,
        body: Schema<"AterkallelseIInsats">,
    ) => Promise<Schema<"AterkalladeIInsats">>;
}

/** What is done to a samtycke; each makes what it changed be read anew. */
export function useSamtyckesregistrering(): Samtyckesregistrering {
    const fragor = useQueryClient();
    const huvud = (nyckel: string): { "Idempotency-Key": string } => ({
        "Idempotency-Key": nyckel,
    });
    return {
        async samtyck(insatsId, body, nyckel) {
            const s = await kropp(
                api.POST("/insatser/{insatsId}/samtycken", {
                    params: { path: { insatsId }, header: huvud(nyckel) },
                    body,
                }),
            );
            await fragor.invalidateQueries({
                queryKey: deltagandenycklar.samtyckenI(insatsId),
            });
            return s;
        },
        async rattaSamtycke(fore, body) {
            const s = await kropp(
                api.PUT("/samtycken/{samtyckeId}", {
                    params: {
                        path: { samtyckeId: fore.id },
                        header: { "If-Match": etag(fore.version) },
                    },
                    body,
                }),
            );
            await andrat(fragor, s.insatsId, "", s.id);
            return s;
        },
        async aterkalla(samtyckeId, insatsId, nyckel) {
            const a = await kropp(
                api.POST("/samtycken/{samtyckeId}/aterkallelser", {
                    params: { path: { samtyckeId }, header: huvud(nyckel) },
                }),
            );
            await andrat(fragor, insatsId, a.deltagandeId ?? "", samtyckeId);
            return a;
        },
        // Needs no key: what is withdrawn already is not withdrawn again.
        aterkallaIInsats: (insatsId, body) =>
            kropp(
                api.POST("/insatser/{insatsId}/aterkallelser", {
                    params: { path: { insatsId } },
                    body,
                }),
            ),
    };
}
