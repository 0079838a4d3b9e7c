using Weft.Agents.Secrets;

namespace Weft.Agents.Models.Providers;

/// <summary>What a failure's message may name.</summary>
/// <param name="Model">Provider and model.</param>
/// <param name="Provider">The provider.</param>
/// <param name="Endpoint">The endpoint, without query.</param>
/// <param name="KeySetting">The setting that holds the key.</param>
/// <param name="Secrets">What hides the key and the secrets of the prompt.</param>
/// <param name="PromptTexts">The prompt, so that it can be struck out.</param>
/// <param name="Timeout">The time limit.</param>
internal sealed record CallFacts(
    string Model, string Provider, string Endpoint, string KeySetting, SecretHiding Secrets, IReadOnlyList<string> PromptTexts,
    TimeSpan Timeout)
{
    public override string ToString() => Model;
}
