### The words of the residents' page itself: buttons, notices, help. The page gets them as texts.js.

page-page_title = Linyu · Daye Subdistrict
page-brand_name = Linyu
page-brand_place = Daye Subdistrict
page-skip_to_message = Skip to the message box
page-controls = Page settings
page-other_language = 中文
page-elder_mode = Large text
page-text_smaller = Smaller text
page-text_larger = Larger text
page-text_size_is = Text size { $size }
page-text_size_smallest = This is the smallest text
page-text_size_largest = This is the largest text
page-more = More
page-person = A person
page-person_message = I want a person
page-answer_in_this_language = Please answer in English
page-person_before_consent = { $contact }. To ask for a person here, please press “Agree and start” first.

page-one_key = Call us: one key
page-one_key_hint = A person now if one is there, else we call you back
page-one_key_danger = In danger call:

page-welcome_title = Hello, how can I help?
page-welcome_lead = Ask about services, book one, report a problem, or check how it is going. Plain words are fine.
page-examples_title = You could say
page-example_1_topic = Ask
page-example_1 = How many elderly care beds by 2025?
page-example_2_topic = Book
page-example_2 = Book a meal for tomorrow noon
page-example_3_topic = Report
page-example_3 = The street lamp in Dongfeng community is dark
page-example_4_topic = Check
page-example_4 = How is the problem I reported going?

page-consent_title = Before we start, a few lines
page-consent_machine = I am an automatic assistant, not a human. For a human, press “A person” at any time.
page-consent_kept = I keep what you write. A name, phone or address needed for a service is kept only after I ask you. All of it is encrypted and used only to help you.
page-consent_delete = To delete it, write “Delete my data”.
page-consent_device = This device remembers the conversation so that you can come back to it. On a shared computer, choose “More”, then “New conversation” before you leave.
page-consent_secret = Please do not send ID numbers, bank card numbers or passwords.
page-consent_emergency = In danger or badly ill? Do not wait: call 110, 119 or 120.
page-consent_yes = Agree and start
page-consent_no = Not now
page-consent_refused = That is fine, nothing was kept. { $contact }, or visit the community service hall.

page-contact_phone = Please call { $phone }
page-contact_unknown = No phone number of our staff has been published yet
page-on_duty_yes = Someone is on duty now
page-on_duty_no = Nobody is on duty now; press “A person” and we will call you back
page-on_duty_unknown = Press “A person” and we will call you back
page-staff_hours = Staff hours: { $hours }
page-staff_phone = Staff phone:{" "}

page-log_label = Conversation
page-speaker_linyu = Linyu
page-speaker_you = You
page-speaker_person = Staff { $name }
page-person_reads = Delivered; a member of staff will read it
page-announcement = Notice: { $line }
page-assistant_off = The automatic assistant is switched off; what you write goes to staff
page-speaker_notice = Linyu · new message
page-typing = Linyu is replying…
page-quick_replies = Choose an answer
page-tiles = Days and times to choose from
page-sources = Source: section { $sections }
page-source_line = Daye Subdistrict Reform Plan (《大冶街道改革方案》), section { $section } · { $title }
page-call_number = Call { $number }
page-restored = Your conversation goes on.
page-restarted = Your last conversation has ended, so a new one was started.

page-card_other = Record
page-card_number = Number
page-card_subscribe = Subscribe in my calendar; it stays up to date
page-copy_number = Copy number
page-copied = Number copied
page-copy_failed = Could not copy. The number is selected: long-press it, or press Ctrl+C
page-fact_state_words = State
page-fact_check_code = Check code
page-fact_when = When
page-fact_place = Place
page-fact_party = For
page-fact_respond_by = Answer by
page-fact_settle_by = Settled by
page-fact_supports = Supporters
page-fact_balance = Points
page-fact_item = Reward

page-message_label = Your message
page-message_hint = Type here
page-send = Send
page-message_keys = Enter sends, Shift with Enter starts a new line.
page-characters_left = { $left } characters left
page-too_long = { $count } characters are more than { $limit }. Please shorten it, or send it in parts.
page-paste_too_long = What you pasted has { $count } characters and was not taken. At most { $limit } fit; please paste only the important part.
page-waiting_to_send = Waiting to be sent
page-reconnecting = One moment please, reconnecting…
page-reconnected = Connected again.
page-too_fast = That was a little fast. I will send it for you in { $seconds } seconds.
page-not_sent = Not sent yet. Your words are not lost.
page-cannot_start = No connection right now. Please check your network and press “Try again”.
page-retry = Try again
page-refused = Not sent: { $detail }
page-edit_again = Change and send again
page-something_wrong = Something went wrong. Please try again later.

page-photo_add = Add a photo
page-photo_sending = Uploading the photo…
page-photo_kept = The photo has arrived and is kept with your report.
page-photo_alt = The photo you added
page-photo_wrong_type = This file is not a photo. Please choose a JPG, PNG or WebP picture.
page-photo_too_large = The photo is too large. Please choose one of at most { $megabytes } MB.
page-photo_failed = The photo was not uploaded: { $detail }
page-no_connection = No connection. Please try again later.

page-talk_label = Speak
page-talk_keys = Space or Enter starts and ends, Escape stops.
page-mic_idle = Tap to speak, or hold
page-mic_asking = Opening the microphone…
page-mic_connecting = Connecting…
page-mic_listening = Listening. Tap to end
page-mic_held = Listening. Let go when done
page-mic_thinking = Heard you, one moment…
page-mic_speaking = Reading. Tap to speak
page-mic_allow = Your browser asks for the microphone. Please press “Allow”.
page-mic_refused = The browser does not allow the microphone. To speak, press the small lock beside the address, set “Microphone” to “Allow”, and tap again. Typing works just as well.
page-mic_missing = No microphone was found. Please connect one and tap again, or type.
page-mic_taken = Another program is using the microphone. Please end that call or recording and tap again, or type.
page-mic_failed = The microphone could not be opened. Please tap again, or type.
page-mic_insecure = This address is not secure (https), so the browser does not allow the microphone. Please type, or ask our staff for the secure address.
page-mic_unsupported = This browser cannot be spoken to. Please type, or use a newer browser.
page-talk_lost = The voice connection is lost. Please type, or tap again in a while.
page-talk_problem = { $detail }
page-speaker_heard = You said (as heard)
page-correct = Correct it
page-not_answered = Nothing has been done about this yet.

page-read_aloud = Read aloud
page-stop_reading = Stop
page-repeat = Repeat
page-slower = Slower
page-faster = Faster
page-louder = Louder
page-softer = Softer
page-read_failed = It could not be read aloud: { $detail }

page-voice_settings = Voice
page-rate_label = Speed of speech
page-rate_0 = Very slow
page-rate_1 = Slow
page-rate_2 = Normal speed
page-rate_3 = Fast
page-rate_4 = Very fast
page-rate_least = This is the slowest
page-rate_most = This is the fastest
page-volume_label = Loudness
page-volume_0 = Very soft
page-volume_1 = Soft
page-volume_2 = Normal loudness
page-volume_3 = Loud
page-volume_4 = Very loud
page-volume_least = This is the softest
page-volume_most = This is the loudest
page-voice_label = Whose voice
page-voice_female = A woman’s
page-voice_male = A man’s
page-voice_changed = The voice has changed
page-always_read = Always read replies aloud
page-manner_hint = You can also just say “slower”, “louder” or “please repeat”. It is remembered for this conversation.
page-manner_failed = That could not be changed. Please try again later.

page-voice_consent_title = Before you speak, a few lines
page-voice_consent_heard = I listen only after you tap “speak”. Tap again and I stop.
page-voice_consent_where = Your voice is turned into words on the street office’s own computer and given to no other company.
page-voice_consent_not_kept = The sound is not kept. Once it is words, it is gone.
page-voice_consent_kept = Recordings are kept encrypted for { $days } days and then deleted by themselves.
page-voice_consent_shown = You see the words that I heard, and can correct them.
page-voice_consent_yes = Agree and speak
page-voice_consent_no = I will type

page-rate = Rate this conversation
page-rating_title = Were you satisfied?
page-rating_legend = Choose one
page-rating_5 = Very satisfied
page-rating_4 = Satisfied
page-rating_3 = So-so
page-rating_2 = Not satisfied
page-rating_1 = Not at all satisfied
page-rating_comment = Anything you would like to add? (optional)
page-rating_send = Send rating
page-rating_missing = Please choose one first.
page-rating_thanks = Thank you for your rating.
page-rating_failed = The rating was not sent: { $detail }

page-new_conversation = New conversation
page-new_conversation_title = Start a new conversation?
page-new_conversation_body = This device will forget the present one. Bookings and reports that are done remain; please note their numbers first.
page-new_conversation_yes = Start a new one
page-new_conversation_done = A new conversation has started.
page-cancel = Cancel
page-close = Close

page-help = Help
page-help_title = Help
page-help_person = Press “A person” at any time, or just write that you want a person.
page-help_repeat = Say “please repeat” to read it again. If something is wrong, say “no” and then the right thing.
page-help_voice = To speak, tap the microphone and wait for my answer when you have finished; or hold it while you speak. You may speak while I do.
page-help_keys_title = Keyboard shortcuts
page-key_person = Ask for a person
page-key_message = Go to the message box
page-key_last = Go to the newest reply
page-key_escape = Stop the sound, or close a small window
page-privacy_voice = What you say is turned into words on the street office’s own computer. Before you first speak, you are told whether recordings are kept, and for how long.
page-privacy = Privacy
page-privacy_title = How we look after your information

## The hall's screen.

page-kiosk_bar = Buttons
page-kiosk_tools = Screen
page-kiosk_digits = Press digits
page-kiosk_digits_shown = Digits pressed
page-kiosk_digits_send = Done
page-kiosk_digits_back = Take one back
page-kiosk_print = Print a slip
page-kiosk_nothing_to_print = There is no number to print yet.
page-kiosk_end = Finished
page-kiosk_low = Buttons lower
page-kiosk_scanned = Look up booking { $number }
page-kiosk_agree_first = Please press “Agree and start” first, then scan again.
page-kiosk_silence_title = Are you still there?
page-kiosk_silence = This ends by itself in { $seconds } seconds. Nothing that you said stays on the screen.
page-kiosk_go_on = Continue

## What can be done with a card.

page-card_actions = What you can do with it
page-card_calendar = Add to calendar
page-card_in_calendar = The calendar file is saved; open it to add the booking.
page-card_calendar_failed = The calendar file cannot be fetched now. Please try again later.
page-card_share = Share
page-card_shared = Copied; you can paste it for your family.
page-card_print = Print

## Under an answer.

page-opinion = Did this answer help?
page-opinion_helped = Helpful
page-opinion_useless = Not helpful
page-opinion_thanks = Thank you, it is noted.
page-opinion_sorry = It is noted, and staff will look at it. To ask a person, press “Person”.
page-opinion_failed = It was not noted. Please press again later.
page-next_questions = You can also ask:

## On another page.

page-widget_open = Ask Linyu
page-widget_close = Close
page-widget_title = Linyu, the automatic assistant of Daye Subdistrict

## News on this device

page-news_title = Notifications
page-news_remind = Tell me when there is news
page-news_when = This device rings when what you reported is answered, when a seat that you wait for is free, and late in the afternoon before a booking.
page-news_what = It says only that there is an answer, a seat, or a booking tomorrow: no name, no phone, no words of yours.
page-news_by_whom = The push service of your browser’s maker passes it on, encrypted. Some browsers cannot be reached from here.
page-news_end = You can end it at any time under “More”. A new conversation ends it too.
page-news_is_off = It is off now.
page-news_is_on = It is on.
page-news_is_refused = Your browser does not let this site notify you. Please allow it in the browser’s settings first.
page-news_yes = Agree, tell me
page-news_no = Tell me no more
page-news_failed = Notifications cannot be turned on now. You can always ask me here about bookings and answers.

## The hall's scanner

page-arrival_title = Check in
page-arrival_looking = Looking it up, one moment please.
page-arrival_today = { $title }, { $place }, today { $time }. Have you come for it?
page-arrival_done = Thank you, it is noted that you are here. { $title }, { $time }.
page-arrival_already = This number was checked in today already. { $title }, { $time }.
page-arrival_other_day = This booking is for { $day }, { $time }, not for today. Please check in on that day.
page-arrival_over = This booking was for { $day } and is over. To book again, just tell me.
page-arrival_cancelled = This booking is cancelled and cannot be checked in. To book again, just tell me.
page-arrival_waiting = This number still waits for a seat and cannot be checked in now.
page-arrival_at_home = For this booking we come to you. Please wait at home; there is nothing to check in here.
page-arrival_unknown = There is no booking with this number. Please scan again, or press “Find a person”.
page-arrival_locked = Too many wrong numbers; no more can be looked up now. Please press “Find a person”.
page-arrival_failed = It cannot be looked up now. Please scan again in a moment, or press “Find a person”.
page-arrival_yes = I am here
page-arrival_ask = See this booking
page-arrival_person = Find a person

## Where somebody stands who reports something

page-position_add = Add my position
page-position_asking = Your browser asks whether your position may be used. If you agree, where you stand now goes with this report so that it is found; it works without as well.
page-position_kept = Your position goes with it. Please still say where it is.
page-position_none = There is no position. Please say where it is: which road, beside which building.
