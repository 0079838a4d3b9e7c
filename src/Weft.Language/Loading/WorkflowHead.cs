using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Shapes;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>What a definition says about itself and shares among its steps.</summary>
internal static class WorkflowHead
{
    /// <summary>The definition around a body.</summary>
    public static WorkflowDefinition Build(LoadContext context, Library library, Dialect dialect, WorkflowBody body)
    {
        var root = context.Root;
        var memories = Sections.Memories(context);
        return new WorkflowDefinition
        {
            Id = IdOf(context) ?? "unnamed",
            Name = NameOf(root)?.Text,
            Version = root.Text("version"),
            Description = root.Text("description"),
            Dialect = dialect,
            Body = body,
            LlmProfiles = library.Profiles,
            ComposioApps = Sections.ComposioApps(context),
            Models = library.Models,
            Agents = library.Agents,
            Tools = library.Tools,
            Schemas = library.Schemas,
            InputSchema = library.Schema(root, "input")
                ?? (root.Map("config") is { } config ? library.Schema(config, "input") : null),
            Env = Sections.Env(context),
            Memories = memories,
            CostControls = Sections.CostControls(root),
            Monitoring = Sections.Monitoring(root, context.Bag),
            Outputs = root.Json("outputs"),
            Defaults = Sections.Defaults(context),
            Schedule = Sections.Schedule(context),
            Triggers = Sections.Triggers(context, library),
            Timeout = root.Duration("timeout"),
        };
    }

    private static SourceScalar? NameOf(SourceMap root) => root.Scalar("name") ?? root.Scalar("workflow_name");

    private static string? IdOf(LoadContext context)
    {
        var root = context.Root;
        if (root.Scalar("id") is { } id)
        {
            return id.Text;
        }

        if (NameOf(root) is { } name)
        {
            if (!TextCheck.IsId(name.Text))
            {
                context.Bag.Error(
                    DiagnosticCodes.BadId, name,
                    $"'{name.Text.Clip(60)}' cannot be the id by which the workflow is started. Add 'id: {IdFrom(name.Text)}'.");
            }

            return name.Text;
        }

        var fallback = context.Options.DefaultId ?? root.File.Stem;
        if (fallback is null)
        {
            context.Bag.Error(DiagnosticCodes.Missing, root, "A workflow needs 'name' or 'id'.");
        }

        return fallback is null ? null : IdFrom(fallback);
    }

    /// <summary>An id made of a text.</summary>
    public static string IdFrom(string text)
    {
        var id = string.Concat(text.Trim().Take(100).Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '-')).Trim('-');
        return id.Length == 0 ? "workflow" : id.ToLowerInvariant();
    }
}
