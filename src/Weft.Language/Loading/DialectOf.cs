using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>Tells the dialects apart by their top-level keys.</summary>
internal static class DialectOf
{
    public static Dialect? Find(SourceMap root, DiagnosticBag bag)
    {
        var found = new[] { ("workflow", Dialect.Graph), ("tasks", Dialect.Tasks), ("steps", Dialect.Steps) }
            .Where(d => root.Has(d.Item1))
            .ToList();
        if (found.Count > 1)
        {
            bag.Error(
                DiagnosticCodes.NoDialect,
                root.Find(found[1].Item1)!.Value.Key,
                $"'{found[1].Item1}' and '{found[0].Item1}' cannot stand in one workflow: each is another way to write one. Keep one of "
                + $"them.");
            return null;
        }

        if (found.Count == 0)
        {
            var near = root.Entries.Select(e => (e.Key, Near: NearMiss.Find(e.Key.Text, ["workflow", "tasks", "steps"]))).FirstOrDefault(
                e => e.Near is not null);
            if (near.Key is not null)
            {
                bag.Error(DiagnosticCodes.NoDialect, near.Key,
                    $"'{near.Key.Text}' is not a key of a workflow. Did you mean '{near.Near}'?");
                return null;
            }

            var hint = root.Has("workflows") || root.Has("autoload") ? " This looks like a project file, which names its workflows' files."
                : root.Has("nodes") ? " Put 'nodes' and 'edges' below 'workflow'." : "";
            bag.Error(DiagnosticCodes.NoDialect, root, $"A workflow needs 'workflow' (nodes and edges), 'tasks' or 'steps'.{hint}");
            return null;
        }

        return found[0].Item2;
    }
}
