using Weft.Sandbox.Chat;

namespace Weft.Sandbox.Script;

/// <summary>What the APIs of models share: the model behind all names, and how it is billed.</summary>
/// <param name="Model">Answers.</param>
/// <param name="Tokens">Counts tokens.</param>
/// <param name="Names">The models that exist; none means any.</param>
/// <param name="Clock">Dates answers.</param>
internal sealed record ModelService(ScriptedModel Model, TokenMeter Tokens, IReadOnlyList<string> Names, TimeProvider Clock)
{
    public PromptCache PromptCache { get; } = new();

    /// <summary>Whether a model of this name exists.</summary>
    public bool Has(string model) => Names.Count == 0 || Names.Contains(model);
}
