using System.Text.RegularExpressions;
using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Shapes;
using Weft.Language.Source;
using static Weft.Language.Shapes.Of;

namespace Weft.Language.Loading;

/// <summary>Tasks that pick one of several ways.</summary>
internal static partial class RouterForm
{
    public static readonly TaskForm Form = new("router", Keys, Bind);

    private static IEnumerable<Key> Keys() =>
    [
        Needed("condition", new TextShape(TextKind.Expression), "The template or expression whose value names the route."),
        Needed("routes", Map(Either(Text, TaskForms.Task)),
            "The ways: a task's id or a task written out for each value; `default` for all others."),
        Key("default_route", Text, "Another way to write the route `default`."),
    ];

    private static RouterTask Bind(TaskLoader loader, TaskSource it)
    {
        var routes = new List<Route>();
        foreach (var (key, value) in it.Map.Map("routes")?.Entries ?? [])
        {
            switch (value)
            {
                case SourceScalar { IsNull: false } target:
                    routes.Add(new Route(key.Text, target.Text, null));
                    break;
                case SourceMap inline when loader.Task(inline, it.Depth + 1, it.InCollection) is { } task:
                    routes.Add(new Route(key.Text, null, task));
                    break;
            }
        }

        if (it.Map.Scalar("default_route") is { } fallback)
        {
            if (routes.Exists(r => r.Key == "default"))
            {
                loader.Bag.Error(
                    DiagnosticCodes.Exclusive, fallback, "'default_route' and the route 'default' say the same. Keep one of them.");
            }

            routes.Add(new Route("default", fallback.Text, null));
        }

        if (it.Map.Scalar("condition") is { } condition && IsComparison(condition.Text)
            && routes.Count > 0 && !routes.Exists(r => r.Key is "true" or "false"))
        {
            loader.Bag.Warn(
                DiagnosticCodes.RoutesOfTruth,
                condition,
                $"The condition of '{it.Id}' compares, so it is true or false, and no route is called so: only 'default' can be taken. "
                + "Name the routes \"true\" and \"false\", or let the condition be the value itself.");
        }

        if (it.Map.Map("routes") is { Entries.Count: 0 } empty)
        {
            loader.Bag.Error(DiagnosticCodes.Missing, empty, $"The router '{it.Id}' has no routes.");
        }

        return new RouterTask { Id = it.Id, Condition = it.Map.Text("condition") ?? "", Routes = routes };
    }

    /// <summary>Whether a condition is a comparison, by its looks: an operator outside of quotes, and nothing that picks a value.</summary>
    private static bool IsComparison(string text)
    {
        var bare = Quoted().Replace(text, "");
        return Operator().IsMatch(bare) && !Picks().IsMatch(bare);
    }

    [GeneratedRegex("'[^']*'|\"[^\"]*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"==|!=|<=?|>=?|&&|\|\|")]
    private static partial Regex Operator();

    [GeneratedRegex(@"\bif\b|\?|\bternary\b|\|\s*\w|\bdefault\b|%\}")]
    private static partial Regex Picks();
}
