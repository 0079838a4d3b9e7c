namespace Weft.Language.Definitions;

/// <summary>A row of the table of agent kinds, which stands at <see cref="AgentType"/>.</summary>
/// <param name="word">The word for it in files, cards and the stored form: the member's name in snake_case.</param>
/// <param name="does">How it thinks, in a few words.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class AgentKindAttribute(string word, string does) : Attribute
{
    /// <summary>Gets the word for it.</summary>
    public string Word { get; } = word;

    /// <summary>Gets how it thinks, in a few words.</summary>
    public string Does { get; } = does;

    /// <summary>Gets the profile by which its model is chosen when nobody names one. The default is <c>balanced</c>.</summary>
    public string DefaultProfile { get; init; } = "balanced";

    /// <summary>Gets a value indicating whether it works within its workflow's orchestration. The others have one of their own.</summary>
    public bool RunsInline { get; init; }

    /// <summary>Gets a value indicating whether it is told its prompt alone; others see the input and what led to them besides.</summary>
    public bool PromptAlone { get; init; }

    /// <summary>Gets a value indicating whether it hands work to the agents under <c>supervisor</c>.</summary>
    public bool LeadsOthers { get; init; }
}
