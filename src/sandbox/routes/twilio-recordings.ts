import { deleteCallRecording, listCallRecordings } from '../../wire/twilio/recording.ts';
import { ok, type Reply } from '../http/refusals.ts';
import { twilioRefusals } from '../http/twilio-refusal.ts';
import { recordingSid, twilioRecordingView } from '../views/twilio-recording.ts';
import { withCall } from '../world.ts';
import { type Route, type RouteRequest, route } from './route.ts';
import { findBySid, ofAccount, page } from './twilio-account.ts';

export const twilioRecordingRoutes: readonly Route[] = [
  route(listCallRecordings, (world, request) =>
    ofAccount(world, request, () => {
      const { AccountSid, CallSid } = request.params;
      const call = findBySid(world, CallSid);
      // A call that another program placed was recorded by nobody here.
      const isOther = world.state.twilio.other_calls.some((one) => one.sid === CallSid);
      if (!call && !isOther)
        return twilioRefusals.notFound(`/2010-04-01/Accounts/${AccountSid}/Calls/${CallSid}/Recordings.json`);
      const view = call && twilioRecordingView(call, world.state.twilio);
      return ok(page(`Calls/${CallSid}/Recordings`, 'recordings', view ? [view] : [], request, world));
    }),
  ),

  route(deleteCallRecording, (world, request) =>
    ofAccount(world, request, async () => {
      const call = findBySid(world, request.params.CallSid);
      const isThere = call && twilioRecordingView(call, world.state.twilio) !== undefined;
      if (!isThere || recordingSid(call) !== request.params.Sid) return recordingNotFound(request);
      await world.change((state) =>
        withCall(state, call.record.conversation_id, { recording_deleted: true }),
      );
      return { status: 204, bytes: new Uint8Array() };
    }),
  ),
];

function recordingNotFound({ params }: RouteRequest): Reply {
  const { AccountSid, CallSid, Sid } = params;
  return twilioRefusals.notFound(
    `/2010-04-01/Accounts/${AccountSid}/Calls/${CallSid}/Recordings/${Sid}.json`,
  );
}
