using Weft.Agents.Models.Records;

namespace Weft.Agents.Models.Costs;

/// <summary>The tallies of a time, by model.</summary>
internal sealed class TallyBook
{
    private readonly Dictionary<(string Provider, string Model), CallTally> _tallies = [];

    public IReadOnlyCollection<CallTally> Tallies => _tallies.Values;

    public void Add(ModelCallRecord call) => Of(call.Provider, call.SelectedModel).Add(call);

    public void Add(CallTally tally) => Of(tally.Provider, tally.SelectedModel).Add(tally);

    private CallTally Of(string provider, string model)
    {
        if (!_tallies.TryGetValue((provider, model), out var tally))
        {
            _tallies[(provider, model)] = tally = new CallTally { Provider = provider, SelectedModel = model };
        }

        return tally;
    }
}
