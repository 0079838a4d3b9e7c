using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Functions;

/// <summary>What only a workflow has.</summary>
internal static class WorkflowFunctions
{
    public static IReadOnlyList<Function> All { get; } =
    [
        new("validateSchema", "value, name",
            "The value, when it has the form of that schema of the workflow, or is a list of which each item has it; else an error that "
            + "lists the faults. Go form: `validateSchema name value`.", ValidateSchema)
            { Aliases = ["validate_schema"], Order = GoOrder.ValueLast },
    ];

    private static Value ValidateSchema(Arguments a)
    {
        var name = a.Text(1);
        if (a.Context.Scope.Services.ValidateSchema is not { } validate)
        {
            throw a.Fault($"The schema '{name}' is not available here.", TemplateErrorCodes.Unavailable);
        }

        var faults = validate(name, ValueNodes.ToNode(a[0], a.Context.Budget));
        if (faults.Count > 0 && a[0].IsList)
        {
            faults = [.. a.Items(0).SelectMany(
                (x, i) => validate(name, ValueNodes.ToNode(x, a.Context.Budget)).Select(fault => $"[{i}] {fault}"))];
        }

        return faults.Count == 0
            ? a[0]
            : throw a.Fault(
                $"The value does not have the form of the schema '{name}': "
                + $"{string.Join("; ", faults.Take(10))}{(faults.Count > 10 ? $"; and {faults.Count - 10} more" : "")}.",
                TemplateErrorCodes.Schema);
    }
}
