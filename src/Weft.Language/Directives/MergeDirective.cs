using Weft.Language.Diagnostics;
using Weft.Language.Source;

namespace Weft.Language.Directives;

/// <summary>Evaluates <c>$merge</c>: a list of sources, or <c>{sources, strategy, key_conflict}</c>.</summary>
internal sealed class MergeDirective(DiagnosticBag bag)
{
    private static readonly string[] Keys = ["sources", "strategy", "key_conflict"];
    private static readonly string[] MapStrategies = ["default", "deep", "shallow", "replace"];
    private static readonly string[] ListStrategies = ["default", "concat", "append", "prepend", "unique", "union", "replace"];
    private static readonly string[] Conflicts = ["replace", "first", "error"];

    /// <summary>The merged value, or null when it cannot be made; then the bag says why.</summary>
    public SourceNode? Evaluate(SourceNode value)
    {
        var options = value as SourceMap;
        if (options?.Entries.FirstOrDefault(e => !Keys.Contains(e.Key.Text)) is { Key: { } stranger })
        {
            return Fault(stranger, $"'{stranger.Text}' is not a key of '$merge'.{NearMiss.HintOrList(stranger.Text, Keys, "Keys")}");
        }

        if ((options is null ? value : options["sources"]) is not SourceList { Items.Count: > 0 } sources)
        {
            return Fault(value, "'$merge' needs a list of sources: directly, or under 'sources'.");
        }

        var strategy = (options?["strategy"] as SourceScalar)?.Text ?? "default";
        var conflict = (options?["key_conflict"] as SourceScalar)?.Text ?? "replace";
        if (!Conflicts.Contains(conflict))
        {
            return Fault(
                options!["key_conflict"]!, $"'key_conflict' cannot be '{conflict}'.{NearMiss.HintOrList(conflict, Conflicts, "Allowed")}");
        }

        var given = sources.Items.Where(i => i is not (SourceScalar { IsNull: true } or SourceBroken)).ToList();
        if (given.Count == 0)
        {
            return new SourceMap(value.File, value.Line, value.Column, []);
        }

        if (given.TrueForAll(g => g is SourceMap))
        {
            return Check(strategy, MapStrategies, options) ? Maps([.. given.Cast<SourceMap>()], strategy, conflict) : null;
        }

        if (given.TrueForAll(g => g is SourceList))
        {
            return Check(strategy, ListStrategies, options) ? NodeMerge.Lists([.. given.Cast<SourceList>()], strategy, value) : null;
        }

        var odd = given.Find(g => g is not (SourceMap or SourceList)) ?? given.Find(g => g is SourceMap != given[0] is SourceMap)!;
        return Fault(odd, $"The sources of '$merge' must be all mappings or all lists; this is {odd.Kind}.");
    }

    private SourceMap Maps(IReadOnlyList<SourceMap> sources, string strategy, string conflict) => strategy == "replace"
        ? sources[^1]
        : sources.Aggregate((a, b) => NodeMerge.Maps(a, b, strategy != "shallow", conflict, bag));

    private bool Check(string strategy, string[] known, SourceMap? options)
    {
        if (known.Contains(strategy))
        {
            return true;
        }

        Fault(options!["strategy"]!, $"'strategy' cannot be '{strategy}'.{NearMiss.HintOrList(strategy, known, "Allowed")}");
        return false;
    }

    private SourceNode? Fault(SourceNode at, string message)
    {
        bag.Error(DiagnosticCodes.DirectiveMerge, at, message);
        return null;
    }
}
