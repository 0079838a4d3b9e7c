using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Shapes;
using Weft.Language.Source;
using static Weft.Language.Shapes.Of;

namespace Weft.Language.Loading;

/// <summary>Tasks that send a signal.</summary>
internal static class SignalForm
{
    public static readonly TaskForm Form = new("signal", Keys, Bind);

    private static IEnumerable<Key> Keys() =>
    [
        Needed("signal", Either(Template, new ObjectShape("signal", "a signal", () =>
        [
            Needed("id", Template, "Its name.").Or("name"),
            Key("payload", Data, "What it carries."),
            Key("target", Template, "The execution that gets it. Without: workflows that it triggers are started.").Or("execution_id"),
        ])), "The signal that is sent."),
        Key("payload", Data, "What it carries."),
        Key("target", Template, "The execution that gets it. Without: workflows that it triggers are started.").Or("execution_id"),
    ];

    private static SignalTask Bind(TaskLoader loader, TaskSource it)
    {
        var written = it.Map.Map("signal");
        return new SignalTask
        {
            Id = it.Id,
            Signal = written?.Text("id") ?? it.Map.Text("signal") ?? "",
            Payload = written?.Json("payload") ?? it.Map.Json("payload"),
            Target = written?.Text("target") ?? it.Map.Text("target"),
        };
    }
}
