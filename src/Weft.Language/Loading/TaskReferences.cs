using Weft.Language.Diagnostics;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>Checks that the tasks which templates read exist.</summary>
internal sealed class TaskReferences(LoadContext context, IReadOnlyDictionary<string, SourceNode> ids)
{
    public void Check()
    {
        // The ids of a collection's children are made at run time; what begins like one may be one.
        var templates = ids.Keys.Where(id => id.Contains("{{", StringComparison.Ordinal))
            .Select(id => id[..id.IndexOf("{{", StringComparison.Ordinal)]).ToList();
        foreach (var (at, path) in context.Expressions.In(context.Root))
        {
            if (path.Count > 1 && path[0] == "tasks" && !ids.ContainsKey(path[1])
                && !templates.Exists(t => path[1].StartsWith(t, StringComparison.Ordinal)))
            {
                context.Bag.Warn(
                    DiagnosticCodes.UnknownTaskReference, at,
                    $"'{string.Join('.', path)}' reads the task '{path[1]}', which does not "
                    + $"exist.{NearMiss.HintOrList(path[1], ids.Keys, "Known tasks")}");
            }
        }
    }
}
